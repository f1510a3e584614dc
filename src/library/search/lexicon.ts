import { clean } from './clean.ts';
import { cutGrams, cutWords, VOICES } from './cut.ts';

/** What people say and what the texts call it. From `knowledge/lexicon.yaml` and the names that people use for matters. */
export interface Lexicon {
  readonly pairs: readonly LexiconPair[];
}
export interface LexiconPair {
  readonly say: readonly string[];
  readonly mean: readonly string[];
  /** Less than 1 for pairs that were derived and not written by hand. */
  readonly trust?: number;
}
export const NO_LEXICON: Lexicon = { pairs: [] };

/** The terms of an official wording, by voice. */
export interface Meaning {
  readonly terms: readonly (readonly number[])[];
  readonly trust: number;
}

/** A lexicon made ready for questions: all its terms are cut beforehand. */
export class Expansions {
  readonly #bySaying = new Map<string, Meaning[]>();
  readonly #longest: number;

  constructor(lexicon: Lexicon) {
    for (const { say, mean, trust = 1 } of lexicon.pairs) {
      const meanings = mean.map((m): Meaning => ({ terms: termsOf(clean(m)), trust: trust / Math.sqrt(mean.length) }));
      for (const saying of say)
        this.#bySaying.set(clean(saying), [...(this.#bySaying.get(clean(saying)) ?? []), ...meanings]);
    }
    this.#longest = Math.max(0, ...[...this.#bySaying.keys()].map((s) => s.length));
  }

  /** The meanings of everything said in a clean question; a saying inside a longer one that is known is passed over. */
  of(question: string): Meaning[] {
    const found = new Set<Meaning>();
    for (let from = 0, covered = 0; from < question.length; from++)
      for (let length = Math.min(this.#longest, question.length - from); length >= 2; length--) {
        if (from + length <= covered) break;
        const meanings = this.#bySaying.get(question.slice(from, from + length));
        if (!meanings) continue;
        for (const m of meanings) found.add(m);
        covered = from + length;
        break;
      }
    return [...found];
  }
}

function termsOf(text: string): number[][] {
  const terms: number[][] = Array.from({ length: VOICES }, () => []);
  cutGrams(text, (voice, key) => terms[voice]!.push(key));
  cutWords(text, (voice, key) => terms[voice]!.push(key));
  return terms;
}
