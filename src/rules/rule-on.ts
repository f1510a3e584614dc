import { type Decider, NEEDS_PARTY_MEETING } from '../domain/deciders.ts';
import type { SchoolProfile } from '../domain/school.ts';
import { type Known, type Truth, weigh } from './condition.ts';
import type { Fact, Matter, Route, Value } from './rulebook.ts';
import { UNSET_LINES, type World, worldsOf } from './worlds.ts';

/** How one case ends: the routes that apply (none: the matter's default) and what follows from them. */
export interface Verdict {
  readonly decider: Decider;
  readonly routes: readonly Route[];
  readonly emergency: boolean;
  readonly partyMeeting: boolean | null;
  /** The entry of the school's own list that settled it. */
  readonly ownEntry?: string;
}

/** A fact nobody spoke of, and the ordinary value taken for it: said in the answer, and changed by a button. */
export interface Premise {
  readonly fact: Fact;
  readonly value: Value;
}

export interface Weighed {
  readonly route: Route;
  readonly truth: Truth;
}

export type Ruling = {
  readonly matter: Matter;
  /** What was stated, without premises. */ readonly known: Known;
  readonly trace: readonly Weighed[];
} & (
  | { readonly kind: 'settled'; readonly verdict: Verdict; readonly premises: readonly Premise[] }
  | {
      readonly kind: 'needs_facts';
      /** Most decisive first. */
      readonly ask: readonly Fact[];
      readonly alternatives: readonly { readonly fact: Fact; readonly value: Value; readonly verdict: Verdict }[];
      /** Whether a Party meeting is needed whatever the answer. */
      readonly partyMeeting: boolean | null;
    }
  | { readonly kind: 'contested'; readonly routes: readonly Route[] }
);

export interface Case {
  readonly known: Known;
  /** Facts spoken of too loosely for their assumption to be taken. */
  readonly vague?: ReadonlySet<string>;
  /** Values that seem to be meant, though not said outright: taken as premises before the ordinary value. */
  readonly leanings?: ReadonlyMap<string, Value>;
}

const STRICTNESS: Readonly<Record<Decider, number>> = {
  prohibited: 9,
  superior: 7,
  other_body: 6,
  staff_congress: 5,
  party_after_staff_congress: 4,
  principal_then_party: 3,
  party_meeting: 3,
  principal_meeting: 2,
  individual: 1,
};
const rank = (r: Route): number => (r.decider === 'prohibited' ? 9 : r.emergency ? 8 : STRICTNESS[r.decider]);

/** The routes left when each has set aside what it excepts; a prohibition cannot be set aside. */
function standing(routes: readonly Route[]): Route[] {
  const overruled = (r: Route) =>
    r.decider !== 'prohibited' &&
    routes.some((o) => o !== r && (o.over === '*' ? r.over !== '*' || rank(o) > rank(r) : o.over.includes(r.id)));
  return routes.filter((r) => !overruled(r));
}

function verdictOf(matter: Matter, decider: Decider, routes: readonly Route[], ownEntry?: string): Verdict {
  const party = routes.find((r) => r.party !== undefined)?.party ?? (routes.length === 0 ? matter.party : undefined);
  const silent = decider === 'superior' || decider === 'other_body' || decider === 'staff_congress';
  return {
    decider,
    routes,
    emergency: routes.some((r) => r.emergency),
    partyMeeting: party !== undefined ? party : NEEDS_PARTY_MEETING.has(decider) ? true : silent ? null : false,
    ...(ownEntry !== undefined && { ownEntry }),
  };
}

/** Whether a route, or anything else with such dates, holds on a day: from `since` on, before `until`. */
export const inForce = (r: { since?: string; until?: string }, day: string) =>
  (r.since === undefined || r.since <= day) && (r.until === undefined || day < r.until);

/** Decides one fully known case; `null` when two routes of equal strictness disagree. */
export function decideIn(
  matter: Matter,
  routes: readonly Route[],
  known: Known,
  school: SchoolProfile,
  day: string,
): Verdict | null {
  const held = standing(routes.filter((r) => weigh(r.when, known) === 'holds'));
  const top = Math.max(0, ...held.map(rank));
  const own = school.list.find((e) => e.matter === matter.id && e.since <= day);
  if (own && top < STRICTNESS.staff_congress) return verdictOf(matter, own.decider, [], own.entry);
  if (held.length === 0) return verdictOf(matter, matter.decider, []);
  const winners = held.filter((r) => rank(r) === top);
  const deciders = new Set(winners.map((r) => r.decider));
  if (deciders.size > 1) return null;
  const sameWay = held.filter((r) => r.decider === winners[0]!.decider);
  return verdictOf(matter, winners[0]!.decider, [...winners, ...sameWay.filter((r) => !winners.includes(r))]);
}

const keyOf = (v: Verdict | null) => (v ? `${v.decider}:${v.partyMeeting}:${v.emergency}` : 'contested');

/** How many different endings are left, on average, once this fact is known: the fewer, the more decisive. */
function endingsLeft(fact: Fact, worlds: readonly { world: World; ending: string }[]): number {
  const byValue = Map.groupBy(worlds, (w) => String(w.world.chosen.get(fact.id)));
  let sum = 0;
  for (const group of byValue.values()) sum += new Set(group.map((g) => g.ending)).size;
  return sum / byValue.size;
}

/**
 * Rules on a matter: pure, the same facts give the same ruling. Unknown facts that have an ordinary value are taken at
 * it and named as premises; over the others every possible case is decided, and where the cases end differently the
 * fact that divides them best is asked for first.
 * @param day the school's calendar day, `YYYY-MM-DD`; rules not in force that day are not weighed.
 */
export function ruleOn(matter: Matter, given: Case, school: SchoolProfile, day: string): Ruling {
  const routes = matter.routes.filter((r) => inForce(r, day));
  const { worlds, premises, known, stated } = worldsOf(matter, routes, given, school);
  const trace = routes.map((route) => ({ route, truth: weigh(route.when, known) }));
  const base = { matter, known: stated, trace };

  const decided = worlds.map((world) => {
    const verdict = decideIn(matter, routes, world.known, school, day);
    return { world, verdict, ending: keyOf(verdict) };
  });
  const endings = new Set(decided.map((d) => d.ending));
  if (endings.size === 1) {
    const verdict = mostGeneral(decided.map((d) => d.verdict));
    const again = (k: Known) => decideIn(matter, routes, k, school, day);
    if (verdict) {
      const told = premises.filter((p) => wouldChange(p, keyOf(verdict), again, worlds[0]!.known));
      return { ...base, kind: 'settled', verdict, premises: told };
    }
    return { ...base, kind: 'contested', routes: standing(routes.filter((r) => weigh(r.when, known) === 'holds')) };
  }
  const asked = matter.facts
    .concat(worlds.flatMap((w) => [...w.asked.values()]))
    .filter((f, i, list) => worlds[0]!.chosen.has(f.id) && list.findIndex((g) => g.id === f.id) === i)
    .map((fact) => ({ fact, left: endingsLeft(fact, decided) }))
    .filter((a) => a.left < endings.size)
    .sort((a, b) => a.left - b.left);
  const ask = (asked.length ? asked.map((a) => a.fact) : [...worlds[0]!.asked.values()]) as Fact[];
  const parties = new Set(decided.map((d) => d.verdict?.partyMeeting ?? null));
  return {
    ...base,
    kind: 'needs_facts',
    ask,
    alternatives: alternativesBy(ask[0]!, decided),
    partyMeeting: parties.size === 1 ? [...parties][0]! : null,
  };
}

/** Among cases that end alike, the one that leans on the fewest routes: nothing is claimed that was not established. */
function mostGeneral(verdicts: readonly (Verdict | null)[]): Verdict | null {
  const found = verdicts.filter((v): v is Verdict => v !== null);
  if (found.length < verdicts.length) return null;
  return found.reduce((least, v) => (v.routes.length < least.routes.length ? v : least));
}

/** A premise is worth saying when another value of it would end this very case differently. */
function wouldChange(p: Premise, ending: string, again: (known: Known) => Verdict | null, known: Known): boolean {
  if (p.fact.kind === 'amount') {
    const lines = known.lines ?? UNSET_LINES;
    return [lines.A1 - 1, lines.A1, lines.A2].some((amount) => keyOf(again({ ...known, amount, lines })) !== ending);
  }
  return p.fact.options
    .filter((o) => o.value !== p.value)
    .some((o) => keyOf(again({ ...known, choices: { ...known.choices, [p.fact.id]: [o.value] } })) !== ending);
}

function alternativesBy(fact: Fact, decided: readonly { world: World; verdict: Verdict | null }[]) {
  const seen = new Map<string, { fact: Fact; value: Value; verdict: Verdict }>();
  for (const { world, verdict } of decided) {
    const value = world.chosen.get(fact.id)!;
    if (verdict) {
      const key = `${String(value)}:${keyOf(verdict)}`;
      if (!seen.has(key)) seen.set(key, { fact, value, verdict });
    }
  }
  return [...seen.values()];
}
