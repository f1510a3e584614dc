import type { Bilingual, Confidence, Confidentiality, Decider } from '../domain/deciders.ts';

/** The compiled knowledge: what `entry/compile.ts` makes of `knowledge/` and what Node and Workers both load. */

export type Value = boolean | string;
export type Wanted = Value | readonly Value[];
/** All facts of a block must hold. */
export type Block = Readonly<Record<string, Wanted | { readonly not: Wanted }>>;
/** Any block of the list must hold. */
export type Condition = readonly Block[];

export interface Option {
  readonly value: Value;
  readonly label: Bilingual;
  readonly cues: readonly string[];
}

export interface Fact {
  readonly id: string;
  readonly kind: 'choice' | 'boolean' | 'amount' | 'profile';
  readonly ask: Bilingual;
  readonly assume?: Value;
  readonly vague: readonly string[];
  readonly options: readonly Option[];
}

export interface Step {
  readonly body: Bilingual;
  readonly action: Bilingual;
  /** The step that decides. */
  readonly decides: boolean;
}

export interface Coded {
  readonly code: string;
  readonly text: Bilingual;
}

export interface Route {
  readonly id: string;
  readonly when: Condition;
  readonly decider: Decider;
  readonly since?: string;
  readonly until?: string;
  readonly note: Bilingual;
  readonly emergency: boolean;
  readonly over: '*' | readonly string[];
  readonly party?: boolean | null;
  readonly path?: readonly Step[];
  readonly pre?: readonly Coded[];
  readonly post?: readonly Coded[];
  readonly cites: readonly string[];
}

export interface Matter {
  readonly id: string;
  readonly name: Bilingual;
  readonly category: string;
  readonly aspect: string | null;
  readonly lists: readonly string[];
  readonly since: string;
  readonly until?: string;
  readonly decider: Decider;
  readonly note: Bilingual;
  readonly party?: boolean | null;
  readonly confidence: Confidence;
  readonly confidentiality: Confidentiality;
  readonly names: readonly string[];
  readonly cues: readonly string[];
  readonly office: Bilingual;
  readonly deputy: Bilingual;
  readonly path?: readonly Step[];
  readonly pre: readonly Coded[];
  readonly voting?: string | null;
  readonly post: readonly Coded[];
  readonly facts: readonly Fact[];
  readonly routes: readonly Route[];
  readonly near: readonly { readonly id: string; readonly how: Bilingual }[];
  readonly cites: readonly string[];
}

export interface Procedure {
  readonly id: string;
  readonly name: Bilingual;
  readonly names: readonly string[];
  readonly cues: readonly string[];
  readonly answer: Bilingual;
  readonly compute?: 'quorum';
  readonly params: readonly string[];
  readonly confidence: Confidence;
  readonly confidentiality: Confidentiality;
  readonly cites: readonly string[];
}

export type Level = 'central' | 'ministry' | 'province' | 'city' | 'district' | 'school';
/** original: the text was read; excerpt: part of it or a summary; recalled: still to be checked （待核）. */
export type Checked = 'original' | 'excerpt' | 'recalled';

export interface Clause {
  /** `source#key` */
  readonly id: string;
  readonly title: string;
  readonly issuer: string;
  readonly date: string;
  readonly section: string;
  readonly level: Level;
  readonly checked: Checked;
  readonly text: Bilingual;
  readonly url?: string;
  readonly until?: string;
}

/** The standard way of a decider: its name, its steps with `{office}` and `{deputy}`. */
export interface Way {
  readonly name: Bilingual;
  readonly steps: readonly Step[];
}

/** Words of the language itself: see knowledge/vocabulary.yaml. Patterns are regular expressions over normalised text. */
export interface Vocabulary {
  readonly chatter: readonly string[];
  readonly injection: readonly string[];
  /** Cues of what is no business of ours. */
  readonly outside: readonly string[];
  /** Cues of something happening now in which people must be helped first. */
  readonly acute: readonly string[];
  /** Cues that it is about prevention, an exercise or what is over. */
  readonly not_acute: readonly string[];
  readonly vague: readonly string[];
  readonly unsure: readonly string[];
  readonly wrong_terms: readonly { readonly cue: string; readonly say: Bilingual }[];
  readonly unruled: readonly { readonly cue: string; readonly name: Bilingual; readonly near: readonly string[] }[];
}

export interface Rulebook {
  /** Changes with every change of the knowledge: first ten hex digits of its SHA-256. */
  readonly version: string;
  readonly matters: readonly Matter[];
  readonly procedures: readonly Procedure[];
  readonly clauses: readonly Clause[];
  readonly ways: Readonly<Record<Decider | 'emergency', Way>>;
  readonly pre: Readonly<Record<string, Bilingual>>;
  readonly voting: Readonly<Record<string, Bilingual>>;
  readonly vocabulary: Vocabulary;
}
