import type { Capabilities } from '../../src/ports/platform.ts';

export const capabilities: Capabilities = {
  platform: 'feishu',
  label: '飞书',
  hears: { direct: true, groups: 'when-named' },
  says: { direct: true, groups: true, unasked: 'anyone' },
  buttons: 50,
  forms: true,
  cardUpdate: true,
  threads: true,
  replies: true,
  recalls: true,
  streaming: true,
  files: true,
  maxTextBytes: 150 * 1024,
  overlong: 'cut',
  perMinute: 300,
  worker: 'one-mode',
};
