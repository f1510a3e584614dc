import { pinyin } from 'pinyin-pro';
import type { Syllables } from '../../reading/homophones.ts';

const FIRST = 0x4e00;
const LAST = 0x9fa5;

/** Every common character under its sound, without tones; a character of several readings under its usual one. */
export function syllables(): Syllables {
  const out: Record<string, string> = {};
  for (let code = FIRST; code <= LAST; code++) {
    const char = String.fromCharCode(code);
    const sound = pinyin(char, { toneType: 'none', v: true });
    if (sound !== char && /^[a-z]+$/.test(sound)) out[sound] = (out[sound] ?? '') + char;
  }
  return out;
}
