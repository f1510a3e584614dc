import { MOST_BUTTONS } from '../wecom-shared/choices.ts';
import type { Capabilities } from '../../src/ports/platform.ts';
import { MOST_BYTES } from './cards.ts';
import { PER_MINUTE } from './socket-send.ts';

export const capabilities: Capabilities = {
  platform: 'wecom-aibot',
  label: '企业微信 智能机器人',
  hears: { direct: true, groups: 'when-named' },
  says: { direct: true, groups: true, unasked: 'after-contact' },
  buttons: MOST_BUTTONS,
  forms: false,
  cardUpdate: true,
  threads: false,
  replies: true,
  recalls: false,
  streaming: true,
  files: true,
  maxTextBytes: MOST_BYTES,
  overlong: 'cut',
  perMinute: PER_MINUTE,
  worker: 'one-mode',
};
