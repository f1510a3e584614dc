import { inForceOn, type LibraryClause, type LibraryDocument, type SchoolLibrary } from '../ports/library.ts';
import type { Clause, Level } from '../rules/rulebook.ts';
import { citable } from './cite.ts';
import { coverage } from './relevance.ts';

/** A clause that may answer a question. */
export interface Found {
  readonly clause: Clause;
  /** The school's own documents hold their original words and may be quoted; ours are summaries. */
  readonly original: boolean;
  /** The document's title and dates were looked over by a person. */
  readonly confirmed: boolean;
  /** How much of the question it speaks of, from 0 to 1. */
  readonly coverage: number;
}

export interface FindOptions {
  readonly day: string;
  readonly levels?: readonly Level[];
  readonly limit?: number;
}

type Ranked = readonly { readonly id: string; readonly score: number }[];
/** Ranks clauses for a question; the lexical index itself, or a retriever that also goes by meaning. */
export type Finder = (question: string, k: number, filter: (id: string) => boolean) => Promise<Ranked>;

export const documentOf = (clause: string): string => clause.slice(0, clause.indexOf('#'));

/** Everything one school may read: the common clauses and its own documents, searchable. */
export class Shelf {
  readonly #common: ReadonlyMap<string, Clause>;
  readonly #documents: ReadonlyMap<string, LibraryDocument>;
  readonly #library: SchoolLibrary;
  readonly #find: Finder;

  /** @param documents all that the school sees, those out of force included: a question may name an earlier day. */
  constructor(
    common: ReadonlyMap<string, Clause>,
    documents: readonly LibraryDocument[],
    library: SchoolLibrary,
    find: Finder,
  ) {
    this.#common = common;
    this.#documents = new Map(documents.map((d) => [d.id, d]));
    this.#library = library;
    this.#find = find;
  }

  /** Clauses in force on the day, best first. Only those found are fetched. */
  async find(question: string, { day, levels, limit = 5 }: FindOptions): Promise<Found[]> {
    const allowed = (id: string): boolean => {
      const common = this.#common.get(id);
      const document = common ? undefined : this.#documents.get(documentOf(id));
      const level = common?.level ?? document?.level;
      if (level === undefined || (levels && !levels.includes(level))) return false;
      return common ? common.until === undefined || day < common.until : inForceOn(document!, day);
    };
    const hits = await this.#find(question, limit, allowed);
    const own = hits.filter(({ id }) => !this.#common.has(id)).map(({ id }) => id);
    const fetched = new Map((await this.#library.clausesAmong('ids', own)).map((c) => [c.id, c]));
    return hits.flatMap(({ id }) => this.#shown(id, fetched.get(id), question) ?? []);
  }

  #shown(id: string, own: LibraryClause | undefined, question: string): Found | undefined {
    const document = own && this.#documents.get(own.document);
    const clause = this.#common.get(id) ?? (own && document && citable(document, own));
    return (
      clause && {
        clause,
        original: own !== undefined,
        confirmed: document?.state !== 'added',
        coverage: coverage(question, `${clause.title}${clause.section}${clause.text.zh}`),
      }
    );
  }
}
