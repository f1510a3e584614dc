import type { Level } from '../rules/rulebook.ts';
import type { DocumentFormat } from './documents.ts';

/** What is known about a document; read from it, then confirmed or corrected by a person. Dates are ISO days. */
export interface DocumentFacts {
  readonly title: string;
  readonly issuer: string | null;
  readonly number: string | null;
  readonly level: Level;
  readonly issued: string | null;
  readonly effectiveFrom: string | null;
  /** The first day on which it is no longer in force. */
  readonly effectiveUntil: string | null;
}

/** `added`: in the library, its facts still guesses; `confirmed`: a person has looked; `removed`: kept, but not used. */
export type DocumentState = 'added' | 'confirmed' | 'removed';

export interface LibraryDocument extends DocumentFacts {
  readonly id: string;
  /** `''` for a document common to all schools. */
  readonly school: string;
  /** The file's name. */
  readonly name: string;
  readonly format: DocumentFormat;
  readonly hash: string;
  /** What versions of one document share: see `familyOf`. */
  readonly family: string;
  readonly state: DocumentState;
  /** What each fact rests on, by its name. */
  readonly guesses: Readonly<Record<string, { readonly evidence: string; readonly sure: string }>>;
  readonly warnings: readonly string[];
  readonly clauses: number;
  /** The older version it takes the place of, and the day from which. */
  readonly replaces: string | null;
  readonly replacesFrom: string | null;
  /** The newer version in the library, and the day from which this one is no longer to be cited. */
  readonly supersededBy: string | null;
  readonly supersededFrom: string | null;
  /** Who sent it, `platform:app:person`; `null` for what came by command. */
  readonly addedBy: string | null;
  readonly addedAt: number;
  readonly changedAt: number;
}

/** Not yet in force, no longer in force, or replaced: not to be cited on that day. */
export const inForceOn = (d: LibraryDocument, day: string): boolean =>
  (d.effectiveFrom === null || d.effectiveFrom <= day) &&
  (d.effectiveUntil === null || day < d.effectiveUntil) &&
  (d.supersededBy === null || (d.supersededFrom !== null && day < d.supersededFrom));

/** Where the words of a clause differ from the source: offsets into `text` and into `raw`. */
export interface ClauseMark {
  readonly start: number;
  readonly end: number;
  readonly rawStart: number;
  readonly rawEnd: number;
  readonly kind: string;
}

export interface LibraryClause {
  /** `document#key` */
  readonly id: string;
  readonly document: string;
  readonly label: string;
  readonly headings: readonly string[];
  readonly text: string;
  /** As the source has it. */
  readonly raw: string;
  readonly marks: readonly ClauseMark[];
  readonly page: number | null;
  readonly paragraph: number;
}

export type NewDocument = Omit<
  LibraryDocument,
  'school' | 'state' | 'supersededBy' | 'supersededFrom' | 'changedAt' | 'clauses'
>;

/** The library as one school sees it: its own documents and the common ones; it changes only its own. */
export interface SchoolLibrary {
  readonly school: string;
  list(): Promise<LibraryDocument[]>;
  get(id: string): Promise<LibraryDocument | null>;
  /** The same content, whatever it was called and even if removed. */
  byHash(hash: string): Promise<LibraryDocument | null>;
  /** The other versions of a document: own ones, not removed, newest first. */
  versions(family: string, number: string | null): Promise<LibraryDocument[]>;
  texts(id: string): Promise<{ readonly raw: string; readonly text: string } | null>;
  clauses(id: string): Promise<LibraryClause[]>;
  clause(id: string): Promise<LibraryClause | null>;
  /** The clauses with these ids, or of these documents, in order; at most 90 are named. */
  clausesAmong(what: 'ids' | 'documents', named: readonly string[]): Promise<LibraryClause[]>;
  /** All or nothing as far as a reader can see. `progress` counts clauses saved. */
  add(
    document: NewDocument,
    texts: { raw: string; text: string },
    clauses: readonly LibraryClause[],
    now: number,
    progress?: (done: number) => void,
  ): Promise<'added' | 'known'>;
  /** Facts as a person gave them. */
  confirm(
    id: string,
    facts: DocumentFacts & {
      readonly family: string;
      readonly replaces: string | null;
      readonly replacesFrom: string | null;
    },
    now: number,
  ): Promise<boolean>;
  /** Says which older version a document takes the place of. */
  supersede(id: string, replaces: string | null, from: string | null, now: number): Promise<boolean>;
  remove(id: string, now: number): Promise<boolean>;
  restore(id: string, now: number): Promise<boolean>;
}

export interface LibraryStore {
  forSchool(school: string): SchoolLibrary;
  /** For whoever keeps the documents common to all schools. */
  common(): SchoolLibrary;
}
