import { MOST_BUTTONS } from '../wecom-shared/choices.ts';
import type { Capabilities } from '../../src/ports/platform.ts';
import { MOST_BYTES } from './compose.ts';
import { PER_MINUTE } from './send.ts';

export const capabilities: Capabilities = {
  platform: 'wecom-app',
  label: '企业微信 自建应用',
  hears: { direct: true, groups: 'never' },
  says: { direct: true, groups: true, unasked: 'anyone' },
  buttons: MOST_BUTTONS,
  forms: false,
  cardUpdate: true,
  threads: false,
  replies: false,
  recalls: false,
  streaming: false,
  files: true,
  maxTextBytes: MOST_BYTES,
  overlong: 'split',
  perMinute: PER_MINUTE,
  worker: 'yes',
};
