import { z } from 'zod';
import { DECIDERS } from '../domain/deciders.ts';

/**
 * The shape of one file under `knowledge/matters/`. One file is one matter: who decides it by default, the facts that
 * change the route with the question that asks for each, the routes under their conditions, and its test cases.
 * `docs/rules.md` explains every field to rule authors. Only the compiler reads this schema.
 */
const text = z.string().trim().min(1);
const bilingual = z.strictObject({ zh: text, en: text });
const date = z.iso.date();
export const identifier = z.string().regex(/^[a-z0-9-]+$/, '只用小写英文字母、数字和连字符，如 parent-committee');
const decider = z.enum(DECIDERS);
const confidence = z.enum(['high', 'medium', 'low']);

/** A value a condition can ask for: an option's name, a yes/no, or an amount such as `<A1`, `A1..A2`, `>=4000000`. */
const wanted = z.union([z.boolean(), text, z.array(z.union([z.boolean(), text])).min(1)]);
/** All facts named must hold; a list of such blocks means any of them. `{ fact: { not: value } }` turns one round. */
const block = z
  .record(text, z.union([wanted, z.strictObject({ not: wanted })]))
  .refine((b) => Object.keys(b).length > 0, '至少写一个条件，如 { scope: 班级家委会 }');
const condition = z.union([block, z.array(block).min(1)]);

const option = z.strictObject({
  /** What a person reads on the button; the option's key when left out. */
  zh: text.optional(),
  en: text,
  /** Cues that tell that the person has said this: see docs/rules.md. */
  cues: z.array(text).default([]),
});

export const factSchema = z.strictObject({
  ask: bilingual.optional(),
  kind: z.enum(['choice', 'boolean', 'amount', 'profile']).optional(),
  /** The value taken, and said to be taken, when nobody spoke of it. Left out: the fact is asked for when it matters. */
  assume: z.union([z.boolean(), text]).optional(),
  /** Cues of a wording so loose that the assumption must not be made: the fact is asked for instead. */
  vague: z.array(text).optional(),
  options: z.record(text, option).optional(),
});
export type FactFile = z.infer<typeof factSchema>;

const step = z.strictObject({ body: text, action: text, en: text.optional() });
/** A code of knowledge/steps.yaml, or a text of this matter's own. */
const preOrPost = z.union([
  z.string().regex(/^[a-z0-9_]+$/, '用 knowledge/steps.yaml 里的代码；本事项特有的写成 { zh: …, en: … }'),
  bilingual,
]);

const route = z.strictObject({
  id: identifier,
  when: condition,
  decider,
  since: date.optional(),
  until: date.optional(),
  /** What is done on this route, and why it differs from the default. */
  note: bilingual,
  /** Acts at once: the handling comes before any meeting. */
  emergency: z.boolean().default(false),
  /** Routes this one sets aside when both hold; `'*'` all but prohibitions. Left out: the default, and the stricter wins. */
  over: z.union([z.literal('*'), z.array(text)]).optional(),
  /** Overrides whether a Party meeting is needed, where the decider alone does not say (superior, other_body). */
  party: z.boolean().nullable().optional(),
  path: z.array(step).optional(),
  pre: z.array(preOrPost).optional(),
  post: z.array(preOrPost).optional(),
  cites: z.array(text).optional(),
});

const testCase = z.strictObject({
  name: text.optional(),
  /** A question as a person would put it; read by the built-in reader. */
  ask: text.optional(),
  /** Facts given as data. With `ask` they are added to what was read. */
  given: z.record(z.string(), z.unknown()).optional(),
  asOf: date.optional(),
  expect: z.strictObject({
    outcome: z.enum(['settled', 'needs_facts', 'contested', 'unruled']).optional(),
    decider: decider.optional(),
    route: text.optional(),
    asks: z.array(text).optional(),
    facts: z.record(z.string(), z.unknown()).optional(),
    /** For near misses: the other matter this question belongs to. */
    matter: text.optional(),
  }),
});

export const matterSchema = z.strictObject({
  id: identifier,
  name: bilingual,
  category: text,
  aspect: z.enum(['P1', 'P2', 'P3', 'P4', 'P5']).nullable().default(null),
  lists: z.array(z.string().regex(/^[PX]L-\d\d$/, '写成 PL-03 或 XL-12')).default([]),
  since: date,
  until: date.optional(),
  decider,
  /** The default route in words: when it applies and what to mind. */
  note: bilingual,
  party: z.boolean().nullable().optional(),
  confidence,
  confidentiality: z.enum(['public', 'internal', 'committee_only']),
  /** Names people use for it: they feed the search, one short phrase or question each. */
  names: z.array(text).min(3),
  cues: z.array(text).min(1),
  /** Who prepares it and who of the leadership looks after it: they fill the standard steps. */
  office: bilingual,
  deputy: bilingual,
  path: z.array(step).optional(),
  pre: z.array(preOrPost).default([]),
  /** A key of knowledge/steps.yaml `voting`; the decider's standard one when left out. */
  voting: text.nullable().optional(),
  post: z.array(preOrPost).default([]),
  facts: z.record(text, factSchema).default({}),
  routes: z.array(route).default([]),
  near: z.array(z.strictObject({ id: text, how: bilingual })).default([]),
  cites: z.array(text).min(1),
  cases: z.array(testCase).min(4),
});
export type MatterFile = z.infer<typeof matterSchema>;
export type CaseFile = z.infer<typeof testCase>;

/** One file under `knowledge/sources/`: a law, rule or document, and its clauses in our own wording. */
export const sourceSchema = z.strictObject({
  id: identifier,
  title: text,
  issuer: text,
  date: text,
  number: text.optional(),
  level: z.enum(['central', 'ministry', 'province', 'city', 'district', 'school']),
  /** How it was checked: the original read, an excerpt read, or recalled and still to be checked （待核）. */
  checked: z.enum(['original', 'excerpt', 'recalled']),
  confidence,
  /** Only for pages that may be shown to the public. */
  url: z.url().optional(),
  since: date.optional(),
  until: date.optional(),
  /** Not to be cited in answers: kept for the team. */
  internal: z.boolean().default(false),
  about: text,
  clauses: z.array(
    z.strictObject({
      /** Cited as `source#key`. */
      key: identifier,
      /** As it is shown, e.g. 第六十二条; empty when the article is not verified and only the title may be shown. */
      section: z.string().trim().default(''),
      /** What it says, in our own words. */
      text,
      en: text.optional(),
      checked: z.enum(['original', 'excerpt', 'recalled']).optional(),
    }),
  ),
});
export type SourceFile = z.infer<typeof sourceSchema>;

/** One file under `knowledge/procedure/`: a question about how meetings work. */
export const procedureSchema = z.strictObject({
  id: identifier,
  name: bilingual,
  names: z.array(text).min(3),
  cues: z.array(text).min(1),
  answer: bilingual,
  /** A calculation with the school's real numbers appended to the answer. */
  compute: z.enum(['quorum']).optional(),
  /** School parameters the answer depends on: named as not set where the profile has none. */
  params: z.array(text).default([]),
  confidence,
  confidentiality: z.enum(['public', 'internal', 'committee_only']).default('public'),
  cites: z.array(text).min(1),
  cases: z.array(z.strictObject({ ask: text, says: z.array(text).default([]) })).min(3),
});
export type ProcedureFile = z.infer<typeof procedureSchema>;
