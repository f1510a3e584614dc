/** Syllables without tones, and the characters read so: made of the reading dictionary when the knowledge is compiled. */
export type Syllables = Readonly<Record<string, string>>;

/** A pair is known when people say it; only well-known ones are put in the place of another. */
export interface Pairs {
  /** How rare a known pair is (lower is commoner); `undefined` for one that nobody says. */
  rarity(pair: string): number | undefined;
  /** A rule author wrote this pair: it is left as it stands, however rare. */
  written?(pair: string): boolean;
}

/** Every pair of Chinese characters of some texts. */
export function pairsOf(texts: Iterable<string>): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (const text of texts)
    for (const run of text.match(/[\u3400-\u9fff]{2,}/g) ?? [])
      for (let i = 0; i + 1 < run.length; i++) pairs.add(run.slice(i, i + 2));
  return pairs;
}

const LATIN = /[a-z]+/g;

/**
 * Mends homophones and typed pinyin: 少仙队 → 少先队, 职乘 → 职称, shide楷模 → 师德楷模. A character is replaced only when
 * what stands there makes no pair that anybody says, and another reading of the same sound does.
 */
export class Homophones {
  readonly #syllableOf = new Map<string, string>();
  readonly #charsOf: Syllables;
  readonly #pairs: Pairs;

  constructor(syllables: Syllables, pairs: Pairs) {
    this.#charsOf = syllables;
    this.#pairs = pairs;
    for (const [syllable, chars] of Object.entries(syllables))
      for (const char of chars) this.#syllableOf.set(char, syllable);
  }

  mend(text: string): string {
    return this.#mendCharacters(this.#readPinyin(text));
  }

  /** The commonest known pair of two sounds; a fixed character must stay. */
  #best(
    first: { char?: string; sound: string },
    second: { char?: string; sound: string },
  ): { pair: string; rarity: number } | null {
    let best: { pair: string; rarity: number } | null = null;
    for (const a of first.char ?? this.#charsOf[first.sound] ?? '')
      for (const b of second.char ?? this.#charsOf[second.sound] ?? '') {
        const rarity = this.#pairs.rarity(a + b);
        if (rarity !== undefined && (best === null || rarity < best.rarity)) best = { pair: a + b, rarity };
      }
    return best;
  }

  /** Splits letters into syllables, longest first; `null` when they are no pinyin. */
  #syllables(letters: string): string[] | null {
    if (letters === '') return [];
    for (let n = Math.min(6, letters.length); n > 0; n--) {
      const head = letters.slice(0, n);
      if (!(head in this.#charsOf)) continue;
      const rest = this.#syllables(letters.slice(n));
      if (rest) return [head, ...rest];
    }
    return null;
  }

  #readPinyin(text: string): string {
    if (!/[\u3400-\u9fff]/.test(text)) return text;
    const joined = text.replace(/([a-z]+) (?=[a-z]+)/g, (all, word: string) => (this.#syllables(word) ? word : all));
    return joined.replace(LATIN, (letters, at: number, whole: string) => {
      const sounds = this.#syllables(letters);
      if (!sounds || letters.length < 3) return letters;
      return this.#written(sounds, whole[at - 1], whole[at + letters.length]) ?? letters;
    });
  }

  /** Writes sounds as characters, pair by pair, leaning on the neighbours where there is only one. */
  #written(sounds: readonly string[], before: string | undefined, after: string | undefined): string | null {
    const han = (c: string | undefined) => c !== undefined && this.#syllableOf.has(c);
    if (sounds.length === 1) {
      const sound = sounds[0]!;
      const withAfter = han(after) ? this.#best({ sound }, { char: after!, sound: '' }) : null;
      const withBefore = han(before) ? this.#best({ char: before!, sound: '' }, { sound }) : null;
      if (withAfter && (!withBefore || withAfter.rarity <= withBefore.rarity)) return withAfter.pair[0]!;
      return withBefore ? withBefore.pair[1]! : null;
    }
    let out = '';
    for (let i = 0; i < sounds.length; i += 2) {
      const [a, b] = [sounds[i]!, sounds[i + 1]];
      const best =
        b === undefined
          ? this.#best({ char: out.at(-1)!, sound: '' }, { sound: a })
          : this.#best({ sound: a }, { sound: b });
      if (!best) return null;
      out += b === undefined ? best.pair[1]! : best.pair;
    }
    return out;
  }

  #mendCharacters(text: string): string {
    const chars = [...text];
    const stands = (pair: string) => this.#pairs.rarity(pair) !== undefined || this.#pairs.written?.(pair) === true;
    const said = (i: number) => i >= 0 && i + 1 < chars.length && stands(chars[i]! + chars[i + 1]!);
    for (let i = 0; i < chars.length; i++) {
      const sound = this.#syllableOf.get(chars[i]!);
      if (!sound || said(i - 1) || said(i)) continue;
      const left =
        i > 0 && this.#syllableOf.has(chars[i - 1]!) ? this.#best({ char: chars[i - 1]!, sound: '' }, { sound }) : null;
      const right =
        i + 1 < chars.length && this.#syllableOf.has(chars[i + 1]!)
          ? this.#best({ sound }, { char: chars[i + 1]!, sound: '' })
          : null;
      if (right && (!left || right.rarity <= left.rarity)) chars[i] = right.pair[0]!;
      else if (left) chars[i] = left.pair[1]!;
    }
    return chars.join('');
  }
}
