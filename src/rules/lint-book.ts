import type { SchoolProfile } from '../domain/school.ts';
import type { Finding } from './check-book.ts';
import { factsIn, isAmountRange, valuesIn, weigh } from './condition.ts';
import { decideIn, inForce } from './rule-on.ts';
import type { Fact, Matter, Rulebook, Route } from './rulebook.ts';
import { worldsOf } from './worlds.ts';

/** Of no school in particular: every stage and kind is possible. */
const ANY_SCHOOL: SchoolProfile = {
  id: 'any',
  name: '',
  demo: false,
  since: '0000-01-01',
  schoolTypes: [],
  list: [],
  params: {},
  amountLines: { A1: 100, A2: 200 },
};

/** A route and the one that follows it do not contradict each other. */
const routesOn = (matter: Matter, day: string): readonly Route[] => matter.routes.filter((r) => inForce(r, day));

/** Every case a matter can meet, one value a fact, no assumption taken. */
function casesOf(matter: Matter, day: string) {
  const open: readonly Fact[] = matter.facts.map(({ assume: _assume, ...fact }) => fact);
  return worldsOf({ ...matter, facts: open }, matter.routes, { known: { choices: {} } }, ANY_SCHOOL).worlds.map(
    (world) => ({
      world,
      verdict: decideIn(matter, routesOn(matter, day), world.known, ANY_SCHOOL, day),
    }),
  );
}

function lintMatter(matter: Matter, day: string): Finding[] {
  const found: Finding[] = [];
  const cases = casesOf(matter, day);
  const at = (i: number) => ['routes', i] as const;
  matter.routes.forEach((route, i) => {
    if (!cases.some(({ world }) => weigh(route.when, world.known) === 'holds'))
      found.push({
        id: matter.id,
        path: [...at(i), 'when'],
        message: `走向 ${route.id} 走不到:没有一种情形满足它的条件`,
      });
  });
  const torn = cases.filter((c) => c.verdict === null);
  if (torn.length > 0) {
    const held = routesOn(matter, day)
      .filter((r) => weigh(r.when, torn[0]!.world.known) === 'holds')
      .map((r) => r.id);
    found.push({
      id: matter.id,
      path: ['routes'],
      message: `${torn.length} 种情形下规则打架,例如 ${held.join(' 与 ')} 同时成立而走法不同;用 over 写明谁压过谁`,
    });
  }
  const used = new Set(matter.routes.flatMap((r) => factsIn(r.when)));
  for (const fact of matter.facts)
    if (!used.has(fact.id) && fact.id !== 'threshold')
      found.push({
        id: matter.id,
        path: ['facts', fact.id],
        message: `事实 ${fact.id} 没有任何走向用到;删去,或写出它改变的走向`,
      });
  return found;
}

/** Amount conditions can be weighed only where they are well formed; `checkBook` says where they are not. */
const weighable = (matter: Matter): boolean =>
  matter.routes.every((r) => valuesIn(r.when, 'amount').every((v) => isAmountRange(String(v))));

/** What the schema cannot see: routes never reached, rules that contradict each other, facts without effect. */
export const lintBook = (book: Rulebook, day: string): Finding[] =>
  book.matters.filter(weighable).flatMap((m) => lintMatter(m, day));

/** Clauses that no matter and no procedure question rests on. */
export function uncited(book: Rulebook): string[] {
  const cited = new Set([
    ...book.matters.flatMap((m) => [...m.cites, ...m.routes.flatMap((r) => r.cites)]),
    ...book.procedures.flatMap((p) => p.cites),
  ]);
  return book.clauses.map((c) => c.id).filter((id) => !cited.has(id));
}
