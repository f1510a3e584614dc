import type { SchoolProfile } from '../domain/school.ts';
import type { Known } from '../rules/condition.ts';
import { type Ruling, ruleOn } from '../rules/rule-on.ts';
import type { Matter } from '../rules/rulebook.ts';
import type { FactReading, Leaning } from './read-facts.ts';

/** From here on a leaning is followed; where it would let the matter past the Party meeting, only from the second on. */
const FOLLOWED = 0.36;
const FOLLOWED_PAST_PARTY = 0.56;

/** What is read, with what is given as data laid over it. */
export const over = (read: Known, given: Known): Known => ({
  ...read,
  ...given,
  choices: { ...read.choices, ...given.choices },
});

const needsParty = (r: Ruling): boolean | null =>
  r.kind === 'settled' ? r.verdict.partyMeeting : r.kind === 'needs_facts' ? r.partyMeeting : null;

/**
 * Rules on what was read of a matter. Leanings are taken as premises, said in the answer and changed by a button; one
 * that would clear a matter of the Party meeting has to be much surer.
 */
export function ruleOnReading(
  matter: Matter,
  facts: FactReading,
  given: Known,
  school: SchoolProfile,
  day: string,
): Ruling {
  const known = over(facts.known, given);
  const follow = (least: number) => {
    const leanings = facts.leanings.filter((l) => l.share >= least && !known.choices[l.fact]);
    return ruleOn(
      matter,
      { known, vague: facts.vague, leanings: new Map(leanings.map((l: Leaning) => [l.fact, l.value])) },
      school,
      day,
    );
  };
  const leant = follow(FOLLOWED);
  if (needsParty(leant) !== false) return leant;
  const sure = follow(FOLLOWED_PAST_PARTY);
  return needsParty(sure) === false ? leant : sure;
}
