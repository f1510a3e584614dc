import type { AmountLines, SchoolProfile } from '../domain/school.ts';
import { amountBounds, factsIn, type Known, valuesIn, weigh } from './condition.ts';
import type { Fact, Matter, Option, Route, Value } from './rulebook.ts';
import type { Case, Premise } from './rule-on.ts';

/** One possible case: everything the routes look at is known in it. */
export interface World {
  readonly known: Known;
  /** The value chosen for each unknown fact. */
  readonly chosen: ReadonlyMap<string, Value>;
  readonly asked: ReadonlyMap<string, Fact>;
}

/** More cases than this are not weighed one by one: the facts that come last in the file stay at their first value. */
const MOST_WORLDS = 4096;

/** Lines for a school that has not set its own: only the order of amounts to them matters, never the figures. */
export const UNSET_LINES: AmountLines = { A1: 100, A2: 200 };

/** Facts the school's profile answers once and for all. */
function fromProfile(school: SchoolProfile): Record<string, readonly Value[]> {
  return {
    ...(school.schoolTypes.length === 1 && { school_type: [school.schoolTypes[0]!] }),
    ...(school.orgType && { org_type: [school.orgType] }),
    ...(school.dualRole !== undefined && { dual_role: [school.dualRole] }),
  };
}

const NONE_OF_THEM: Option = { value: '其他', label: { zh: '其他', en: 'none of these' }, cues: [] };

/** The values a fact can take: its options, for the school's stage only those the school has. */
function optionsOf(fact: Fact, school: SchoolProfile): readonly Option[] {
  if (fact.id !== 'school_type' || school.schoolTypes.length === 0) return fact.options;
  const own = fact.options.filter((o) => (school.schoolTypes as readonly string[]).includes(String(o.value)));
  return own.length ? own : [NONE_OF_THEM];
}

/** Amounts that stand for every tier the routes tell apart, under the lines given. */
export function amountSamples(routes: readonly Route[], lines: AmountLines): number[] {
  const bounds = routes
    .flatMap((r) => valuesIn(r.when, 'amount').map(String))
    .flatMap((range) => Object.values(amountBounds(range)))
    .map((b) => (b === 'A1' || b === 'A2' ? lines[b] : Number(b)));
  return [...new Set([0, ...bounds])].sort((a, b) => a - b);
}

interface Open {
  readonly fact: Fact;
  /** Each choice: its value as data and what it makes known. */
  readonly choices: readonly { value: Value; known: (k: Known) => Known }[];
}

/** The amount as an open fact: unknown altogether, or known while the school's lines are not. */
function openAmount(routes: readonly Route[], known: Known, fact: Fact, threshold: Fact): Open | null {
  const usesLines = routes.some((r) => valuesIn(r.when, 'amount').some((v) => /A[12]/.test(String(v))));
  if (known.amount === undefined) {
    const lines = known.lines ?? UNSET_LINES;
    const choices = amountSamples(routes, lines).map((amount) => ({
      value: tierOf(amount, lines),
      known: (k: Known): Known => ({ ...k, amount, lines }),
    }));
    return { fact, choices };
  }
  if (known.lines || !usesLines) return null;
  const a = known.amount;
  const around: [Value, AmountLines][] = [
    ['<A1', { A1: a + 1, A2: a + 2 }],
    ['A1..A2', { A1: a, A2: a + 1 }],
    ['>=A2', { A1: a - 1, A2: a }],
  ];
  return { fact: threshold, choices: around.map(([value, lines]) => ({ value, known: (k) => ({ ...k, lines }) })) };
}

export const tierOf = (amount: number, lines: AmountLines): string =>
  amount < lines.A1 ? '<A1' : amount < lines.A2 ? 'A1..A2' : amount === lines.A2 ? '>=A2' : `>=${amount}`;

const openChoice = (fact: Fact, school: SchoolProfile): Open => ({
  fact,
  choices: optionsOf(fact, school).map((o) => ({
    value: o.value,
    known: (k) => ({ ...k, choices: { ...k.choices, [fact.id]: [o.value] } }),
  })),
});

/** Takes the assumptions, then spans all cases over what is still unknown. */
export function worldsOf(matter: Matter, routes: readonly Route[], given: Case, school: SchoolProfile) {
  const lines = given.known.lines ?? school.amountLines;
  let known: Known = {
    ...given.known,
    ...(lines && { lines }),
    choices: { ...fromProfile(school), ...given.known.choices },
  };
  const used = new Set(routes.flatMap((r) => factsIn(r.when)));
  const facts = new Map(matter.facts.map((f) => [f.id, f]));
  const premises: Premise[] = [];
  const open: Open[] = [];

  for (const id of used) {
    const fact = facts.get(id);
    if (!fact) continue;
    const mayAssume = fact.assume !== undefined && !given.vague?.has(id);
    if (id === 'amount') {
      let amount = openAmount(routes, known, fact, facts.get('threshold') ?? fact);
      if (amount && known.amount === undefined && mayAssume) {
        const fits = amount.choices.filter((c) => weigh([{ amount: fact.assume! }], c.known(known)) === 'holds');
        premises.push({ fact, value: fact.assume! });
        amount = { fact, choices: fits };
      }
      if (amount) open.push(amount);
    } else if (!known.choices[id]) {
      const taken = given.leanings?.get(id) ?? (mayAssume ? fact.assume : undefined);
      if (taken !== undefined) {
        premises.push({ fact, value: taken });
        known = { ...known, choices: { ...known.choices, [id]: [taken] } };
      } else open.push(openChoice(fact, school));
    }
  }

  const asked = new Map(open.map((o) => [o.fact.id, o.fact]));
  let worlds: World[] = [{ known, chosen: new Map(), asked }];
  for (const { fact, choices } of open) {
    const kept = worlds.length * choices.length > MOST_WORLDS ? choices.slice(0, 1) : choices;
    worlds = worlds.flatMap((w) =>
      kept.map((c) => ({ known: c.known(w.known), chosen: new Map(w.chosen).set(fact.id, c.value), asked })),
    );
  }
  return { worlds, premises, known, stated: { ...given.known, ...(lines && { lines }) } };
}
