import type { Capabilities } from '../../src/ports/platform.ts';
import { MOST_BYTES, PER_MINUTE } from './send.ts';

export const capabilities: Capabilities = {
  platform: 'wechaty',
  label: 'Wechaty（另起进程，有封号风险）',
  hears: { direct: true, groups: 'when-named' },
  says: { direct: true, groups: true, unasked: 'after-contact' },
  buttons: 0,
  forms: false,
  cardUpdate: false,
  threads: false,
  replies: false,
  recalls: false,
  streaming: false,
  files: true,
  maxTextBytes: MOST_BYTES,
  overlong: 'split',
  perMinute: PER_MINUTE,
  worker: 'no',
};
