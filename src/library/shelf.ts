import type { LibraryStore } from '../ports/library.ts';
import type { Clause, Level } from '../rules/rulebook.ts';
import { citable } from './cite.ts';
import { coverage } from './relevance.ts';
import type { Lexicon } from './search/lexicon.ts';
import { buildIndex, type SearchIndex } from './search/search-index.ts';

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
export type FinderFor = (index: SearchIndex, texts: ReadonlyMap<string, string>) => Promise<Finder>;

const lexical: FinderFor = async (index) => async (question, k, filter) => index.search(question, k, filter);

/** Everything one school may read: the common clauses and its own documents, searchable. */
export class Shelf {
  readonly #clauses: ReadonlyMap<string, Found['clause']>;
  readonly #own: ReadonlySet<string>;
  readonly #unconfirmed: ReadonlySet<string>;
  readonly #find: Finder;

  constructor(
    common: readonly Clause[],
    own: readonly Clause[],
    find: Finder,
    unconfirmed: ReadonlySet<string> = new Set(),
  ) {
    this.#unconfirmed = unconfirmed;
    this.#clauses = new Map([...common, ...own].map((c) => [c.id, c]));
    this.#own = new Set(own.map((c) => c.id));
    this.#find = find;
  }

  /** Clauses in force on the day, best first. */
  async find(question: string, { day, levels, limit = 5 }: FindOptions): Promise<Found[]> {
    const allowed = (id: string) => {
      const c = this.#clauses.get(id);
      return c !== undefined && (c.until === undefined || day < c.until) && (!levels || levels.includes(c.level));
    };
    return (await this.#find(question, limit, allowed)).flatMap(({ id }) => {
      const clause = this.#clauses.get(id);
      return clause
        ? [
            {
              clause,
              original: this.#own.has(id),
              confirmed: !this.#unconfirmed.has(id),
              coverage: coverage(question, `${clause.title}${clause.section}${clause.text.zh}`),
            },
          ]
        : [];
    });
  }
}

/** How long a school's shelf is taken to be up to date, in milliseconds; adding through this process is seen at once. */
const FRESH_MS = 30_000;

/** The shelves of all schools, made when first asked for and again when their documents have changed. */
export class Shelves {
  readonly #common: readonly Clause[];
  readonly #library: LibraryStore;
  readonly #lexicon: Lexicon;
  readonly #finderFor: FinderFor;
  readonly #made = new Map<string, { shelf: Shelf; stamp: string; day: string; checkedAt: number }>();

  constructor(common: readonly Clause[], library: LibraryStore, lexicon: Lexicon, finderFor: FinderFor = lexical) {
    this.#common = common;
    this.#library = library;
    this.#lexicon = lexicon;
    this.#finderFor = finderFor;
  }

  /** Forgets a school's shelf: its documents have just changed. */
  changed(school: string): void {
    this.#made.delete(school);
  }

  async of(school: string, day: string, now: number): Promise<Shelf> {
    const made = this.#made.get(school);
    if (made && made.day === day && now - made.checkedAt < FRESH_MS) return made.shelf;
    const library = this.#library.forSchool(school);
    const stamp = (await library.list()).map((d) => `${d.id}:${d.changedAt}`).join();
    const shelf = made && made.day === day && made.stamp === stamp ? made.shelf : await this.#make(school, day);
    this.#made.set(school, { shelf, stamp, day, checkedAt: now });
    return shelf;
  }

  async #make(school: string, day: string): Promise<Shelf> {
    const inForce = await this.#library.forSchool(school).inForce(day);
    const own = inForce.flatMap(({ document, clauses }) => clauses.map((c) => citable(document, c)));
    const all = [...this.#common, ...own];
    const texts = new Map(all.map((c) => [c.id, c.text.zh]));
    const index = buildIndex(
      all.map((c) => ({ id: c.id, title: `${c.title} ${c.section}`, text: c.text.zh, document: c.id.split('#')[0]! })),
      this.#lexicon,
    );
    const unconfirmed = inForce
      .filter(({ document }) => document.state !== 'confirmed')
      .flatMap(({ clauses }) => clauses.map((c) => c.id));
    return new Shelf(this.#common, own, await this.#finderFor(index, texts), new Set(unconfirmed));
  }
}
