import type { Capabilities } from '../../src/ports/platform.ts';
import { MOST_MARKDOWN_BYTES, PER_MINUTE } from './send.ts';

export const capabilities: Capabilities = {
  platform: 'wecom-robot',
  label: '企业微信 群机器人',
  hears: { direct: false, groups: 'never' },
  says: { direct: false, groups: true, unasked: 'anyone' },
  buttons: 0,
  forms: false,
  cardUpdate: false,
  threads: false,
  replies: false,
  recalls: false,
  streaming: false,
  files: false,
  maxTextBytes: MOST_MARKDOWN_BYTES,
  overlong: 'split',
  perMinute: PER_MINUTE,
  worker: 'yes',
};
