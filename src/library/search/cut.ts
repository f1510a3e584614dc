import { isHan } from './fold.ts';

/**
 * Text is cut three ways, each a voice of its own: characters, overlapping pairs and words. A term is a 32-bit key, so
 * that no strings are kept: a character's code, two codes side by side, or a hash. Hashes of Latin words stay below the
 * first Chinese pair, so the two never meet among the pairs.
 */
export const CHARS = 0;
export const PAIRS = 1;
export const WORDS = 2;
export const VOICES = 3;

/** Receives the terms of a text; `from` and `to` are where the term stands. */
export type Sink = (voice: number, key: number, from: number, to: number) => void;

const isAlnum = (c: number): boolean =>
  (c >= 0x61 && c <= 0x7a) || (c >= 0x30 && c <= 0x39) || (c >= 0xc0 && c <= 0x24f);

function hash(text: string, from: number, to: number): number {
  let h = 0x811c9dc5;
  for (let i = from; i < to; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 15;
  return Math.imul(h, 0x2c1b3c6d) >>> 0;
}
const FIRST_PAIR = 0x30070000;

/** Characters and pairs of the Chinese runs, whole words of the others; `text` is clean. */
export function cutGrams(text: string, sink: Sink): void {
  const end = text.length;
  for (let i = 0, before = 0; i < end; i++) {
    const c = text.charCodeAt(i);
    if (isHan(c)) {
      sink(CHARS, c, i, i + 1);
      if (before) sink(PAIRS, ((before << 16) | c) >>> 0, i - 1, i + 1);
      before = c;
      continue;
    }
    before = 0;
    if (!isAlnum(c)) continue;
    const from = i;
    while (i + 1 < end && isAlnum(text.charCodeAt(i + 1))) i++;
    sink(PAIRS, hash(text, from, i + 1) % FIRST_PAIR, from, i + 1);
  }
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Words as ICU sees them, the same in Node and in Workers; single characters are left to their own voice. */
export function cutWords(text: string, sink: Sink): void {
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike || (segment.length < 2 && isHan(segment.charCodeAt(0)))) continue;
    sink(WORDS, hash(segment, 0, segment.length), index, index + segment.length);
  }
}
