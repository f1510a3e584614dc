import { weightsOf } from './asking.ts';
import { clean } from './clean.ts';
import { cutGrams, cutWords, type Sink, VOICES } from './cut.ts';
import type { Expansions } from './lexicon.ts';
import { RECIPE } from './recipe.ts';

/** A question as weighted terms, by voice. */
export interface Query {
  readonly keys: readonly (readonly number[])[];
  readonly weights: readonly (readonly number[])[];
}

/** What stands after this many characters no longer changes what is asked for. */
const LONGEST_QUESTION = 4000;

export function queryOf(question: string, expansions: Expansions): Query {
  const text = clean(question.slice(0, LONGEST_QUESTION));
  const counts = weightsOf(text);
  const terms = Array.from({ length: VOICES }, () => new Map<number, number>());
  const take: Sink = (voice, key, from, to) => {
    let weight = 1;
    for (let i = from; i < to; i++) weight = Math.min(weight, counts[i]!);
    const before = terms[voice]!.get(key);
    terms[voice]!.set(
      key,
      before === undefined ? weight : Math.max(before, weight) + RECIPE.again * Math.min(before, weight),
    );
  };
  cutGrams(text, take);
  cutWords(text, take);
  for (const meaning of expansions.of(text))
    meaning.terms.forEach((keys, voice) => {
      const weight = RECIPE.expansion[voice]! * meaning.trust;
      for (const key of keys) terms[voice]!.set(key, Math.max(terms[voice]!.get(key) ?? 0, weight));
    });
  return { keys: terms.map((t) => [...t.keys()]), weights: terms.map((t) => [...t.values()]) };
}
