import { isHan } from './fold.ts';

/**
 * Sites that dodge filters write 党*织, 党W, D建, 组Z生活H. A masked character is put back only where the words of
 * `knowledge/lexicon.yaml` leave one reading; a letter must moreover be the initial of the character it stands for.
 */
export interface Masked {
  /** Words that are known to be masked. */
  readonly words: readonly string[];
  /** For a letter, the characters whose reading begins with it. */
  readonly initials: Readonly<Record<string, string>>;
}

const SIGN = /[*＊×✕○●□■◇◆█_]/;
const SUSPECT = /[\u3400-\u9fff](?:[*＊×✕○●□■◇◆█_]|[A-Za-z](?![A-Za-z0-9]))|(?:[*＊×✕○●□■◇◆█_]|(?<![A-Za-z0-9])[A-Za-z])[\u3400-\u9fff]/;
const LONGEST = 6;

/** Every way to hide one character of a word, or two of a longer one. */
function disguises(word: string): string[] {
  const hide = (w: string, i: number) => `${w.slice(0, i)}*${w.slice(i + 1)}`;
  const once = [...word].map((_, i) => hide(word, i));
  if (word.length < 4) return once;
  return [...once, ...once.flatMap((w, i) => [...word].slice(i + 1).map((_, j) => hide(w, i + 1 + j)))];
}

export type Restore = (text: string) => string;

/** A function that puts masked characters back; positions stay as they are. */
export function restorer({ words, initials }: Masked): Restore {
  const byShape = new Map<string, string[]>();
  for (const word of words)
    for (const shape of disguises(word)) byShape.set(shape, [...(byShape.get(shape) ?? []), word]);
  const stands = (mask: string, for_: string) => SIGN.test(mask) || (initials[mask.toUpperCase()]?.includes(for_) ?? false);
  const fits = (seen: readonly string[], word: string) => seen.every((c, i) => c === word[i] || stands(c, word[i]!));

  /** The one word that the masked character at `i` leaves open, with its place; longer words are surer. */
  function reading(text: readonly string[], i: number): { at: number; word: string } | undefined {
    for (let length = LONGEST; length >= 2; length--) {
      const found: { at: number; word: string }[] = [];
      for (let at = Math.max(0, i - length + 1); at <= i && at + length <= text.length; at++) {
        const seen = text.slice(at, at + length);
        const shape = seen.map((c) => (isHan(c.charCodeAt(0)) ? c : '*')).join('');
        for (const word of byShape.get(shape) ?? []) if (fits(seen, word)) found.push({ at, word });
      }
      const open = new Set(found.map(({ at, word }) => word[i - at]));
      if (open.size > 1) return undefined;
      if (found.length > 0) return found[0];
    }
    return undefined;
  }

  return (text) => {
    if (words.length === 0 || !SUSPECT.test(text)) return text;
    const chars = text.split('');
    for (let i = 0; i < chars.length; i++) {
      const c = chars[i]!;
      if (!SIGN.test(c) && !isLoneLetter(chars, i)) continue;
      const found = reading(chars, i);
      if (found) for (let j = 0; j < found.word.length; j++) chars[found.at + j] = found.word[j]!;
    }
    return chars.join('');
  };
}

const LETTER = /[A-Za-z]/;
const ALNUM = /[A-Za-z0-9]/;
const isLoneLetter = (chars: readonly string[], i: number): boolean =>
  LETTER.test(chars[i]!) && !ALNUM.test(chars[i - 1] ?? ' ') && !ALNUM.test(chars[i + 1] ?? ' ');
