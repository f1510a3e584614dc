import type { Capabilities } from '../ports/platform.ts';

/** The web chat beside the platforms: what it can show, so that one table and one suite speak of all. */
export const capabilities: Capabilities = {
  platform: 'web',
  label: '网页对话（演示）',
  hears: { direct: true, groups: 'when-named' },
  says: { direct: true, groups: true, unasked: 'anyone' },
  buttons: 50,
  forms: true,
  cardUpdate: false,
  threads: false,
  replies: true,
  recalls: false,
  streaming: false,
  files: true,
  maxTextBytes: 64 * 1024,
  overlong: 'cut',
  perMinute: 600,
  worker: 'yes',
};
