import type { GivenAnswer } from '../ports/archive.ts';
import { factsFromData } from '../reading/read-facts.ts';
import { deciderFor, variantFor } from '../rules/adapt.ts';
import { ruleOn } from '../rules/rule-on.ts';
import type { Rulebook } from '../rules/rulebook.ts';

export interface Replayed {
  readonly outcome: string;
  readonly decider: string | null;
  /** Whether it came out as it was given. */
  readonly same: boolean;
}

/** Rules again on an old answer's facts, for its school and day, under any version of the rules. */
export function replayUnder(given: GivenAnswer, book: Rulebook): Replayed | null {
  const matter = book.matters.find((m) => m.id === given.matter);
  if (!matter) return null;
  const known = factsFromData(matter, given.facts);
  const leanings = new Map(Object.entries(given.premises).filter(([fact]) => fact !== 'amount'));
  const ruling = ruleOn(matter, { known, vague: new Set(given.vague), leanings }, given.school, given.day);
  const decider =
    ruling.kind === 'settled'
      ? deciderFor(ruling.verdict.decider, variantFor(given.school, ruling.known, matter))
      : null;
  return { outcome: ruling.kind, decider, same: ruling.kind === given.outcome && decider === given.decider };
}
