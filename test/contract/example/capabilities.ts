import type { PlatformName } from '../../../src/domain/message.ts';
import type { Capabilities } from '../../../src/ports/platform.ts';

/** A platform that exists for docs/adapters.md only: plain text, signed callbacks, one address to say things at. */
export const EXAMPLE = 'example' as PlatformName;
export const MOST_BYTES = 1500;
export const PER_MINUTE = 60;

export const capabilities: Capabilities = {
  platform: EXAMPLE,
  label: '示例',
  hears: { direct: true, groups: 'when-named' },
  says: { direct: true, groups: true, unasked: 'anyone' },
  buttons: 0,
  forms: false,
  cardUpdate: false,
  threads: false,
  replies: true,
  recalls: false,
  streaming: false,
  files: false,
  maxTextBytes: MOST_BYTES,
  overlong: 'split',
  perMinute: PER_MINUTE,
  worker: 'yes',
};
