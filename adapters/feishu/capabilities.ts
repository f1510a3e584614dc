import type { Capabilities } from '../../src/ports/platform.ts';

export const capabilities: Capabilities = {
  platform: 'feishu',
  label: '飞书',
  hears: { direct: true, groups: 'when-named' },
  says: { direct: true, groups: true, unasked: 'anyone' },
  buttons: 50,
  forms: true,
  cardUpdate: false,
  threads: true,
  streaming: false,
  files: false,
  maxTextBytes: 150 * 1024,
  perMinute: 300,
  worker: 'one-mode',
};
