import type { Fact, Matter, Route, Value } from '../../src/rules/rulebook.ts';

/** Small rules for tests: each says only what the test is about. */
const both = (zh: string) => ({ zh, en: zh });

export const fact = (id: string, values: Value[], rest: Partial<Fact> = {}): Fact => ({
  id,
  kind: 'choice',
  ask: both(`${id}?`),
  vague: [],
  options: values.map((value) => ({ value, label: both(String(value)), cues: [] })),
  ...rest,
});
export const route = (
  id: string,
  when: Route['when'][number],
  decider: Route['decider'],
  rest: Partial<Route> = {},
): Route => ({
  id,
  when: [when],
  decider,
  note: both(id),
  emergency: false,
  over: [],
  cites: [],
  ...rest,
});
export const amount: Fact = { id: 'amount', kind: 'amount', ask: both('amount?'), vague: [], options: [] };
export const threshold: Fact = { id: 'threshold', kind: 'profile', ask: both('lines?'), vague: [], options: [] };

export const matter = (facts: Fact[], routes: Route[], rest: Partial<Matter> = {}): Matter => ({
  id: 'm',
  name: both('事项'),
  category: '',
  aspect: null,
  lists: [],
  since: '2022-01-01',
  decider: 'principal_then_party',
  note: both('默认'),
  confidence: 'high',
  confidentiality: 'internal',
  names: [],
  cues: [],
  office: both('办公室'),
  deputy: both('分管'),
  pre: [],
  post: [],
  near: [],
  cites: [],
  facts,
  routes,
  ...rest,
});
