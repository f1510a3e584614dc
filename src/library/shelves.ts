import type { LibraryDocument, LibraryStore, SchoolLibrary } from '../ports/library.ts';
import type { SavedIndexes } from '../ports/saved-index.ts';
import type { Clause } from '../rules/rulebook.ts';
import { citable } from './cite.ts';
import { type Holdings, KeptIndex } from './kept-index.ts';
import { contentKey } from './search/buffer.ts';
import { JointIndex } from './search/joint-index.ts';
import { Expansions, type Lexicon } from './search/lexicon.ts';
import type { Passage } from './search/search-index.ts';
import { documentOf, type Finder, Shelf } from './shelf.ts';

/** Makes a finder over a shelf's index; `texts` fetches the words of all its clauses, for those who need them. */
export type FinderFor = (index: JointIndex, texts: () => Promise<ReadonlyMap<string, string>>) => Promise<Finder>;
const lexical: FinderFor = async (index) => async (question, k, filter) => index.search(question, k, filter);

type Log = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

/** What the shelves are made of. */
export interface Shelving {
  /** The clauses that come with the program. */
  readonly common: readonly Clause[];
  readonly library: LibraryStore;
  readonly saved: SavedIndexes;
  readonly lexicon: Lexicon;
  readonly finderFor?: FinderFor | undefined;
  readonly log?: Log;
}

interface Made {
  readonly shelf: Shelf;
  readonly kept: KeptIndex;
  readonly stamp: string;
  readonly checkedAt: number;
}

/** How long a school's shelf is taken to be up to date, in milliseconds; adding through this process is seen at once. */
const FRESH_MS = 30_000;
/** The owner of the clauses that come with the program: one index serves all schools. */
const EVERYONE = '';

const passageOf = (c: Clause): Passage => ({
  id: c.id,
  title: `${c.title} ${c.section}`,
  text: c.text.zh,
  document: documentOf(c.id),
});

/** The shelves of all schools: an index each, kept between starts, brought up to date when documents have changed. */
export class Shelves {
  readonly #with: Shelving;
  readonly #clauses: ReadonlyMap<string, Clause>;
  readonly #made = new Map<string, Made>();
  #expansions: Expansions | undefined;
  #common: KeptIndex | undefined;

  constructor(shelving: Shelving) {
    this.#with = shelving;
    this.#clauses = new Map(shelving.common.map((c) => [c.id, c]));
  }

  /** Looks at a school's documents anew when it is next asked for: they have just changed. */
  changed(school: string): void {
    const made = this.#made.get(school);
    if (made) this.#made.set(school, { ...made, stamp: 'changed', checkedAt: -Infinity });
  }

  async of(school: string, now: number): Promise<Shelf> {
    const made = this.#made.get(school);
    if (made && now - made.checkedAt < FRESH_MS) return made.shelf;
    const library = this.#with.library.forSchool(school);
    const documents = (await library.list()).filter((d) => d.state !== 'removed');
    const stamp = documents.map((d) => `${d.id}:${d.changedAt}:${d.supersededBy}`).join();
    const same = made?.stamp === stamp;
    const kept = made?.kept ?? (await KeptIndex.open(school, this.#with.saved));
    const shelf = same ? made.shelf : await this.#shelf(school, kept, documents, library, now);
    this.#made.set(school, { shelf, kept, stamp, checkedAt: now });
    return shelf;
  }

  async #shelf(
    school: string,
    kept: KeptIndex,
    documents: readonly LibraryDocument[],
    library: SchoolLibrary,
    now: number,
  ): Promise<Shelf> {
    const common = await this.#everyones(now);
    const own = ownHoldings(documents, library);
    await this.#bring(school, kept, own, now);
    this.#expansions ??= new Expansions(this.#with.lexicon);
    const index = new JointIndex([common.index, kept.index], this.#expansions);
    const texts = async () => {
      const passages = await own.passagesOf(documents.map((d) => d.id));
      return new Map([...this.#with.common.map(passageOf), ...passages].map((p) => [p.id, p.text]));
    };
    const find = await (this.#with.finderFor ?? lexical)(index, texts);
    return new Shelf(this.#clauses, documents, library, find);
  }

  async #everyones(now: number): Promise<KeptIndex> {
    if (this.#common) return this.#common;
    const kept = await KeptIndex.open(EVERYONE, this.#with.saved);
    const byDocument = Map.groupBy(this.#with.common.map(passageOf), (p) => p.document!);
    await this.#bring(
      EVERYONE,
      kept,
      {
        marks: new Map([...byDocument].map(([d, passages]) => [d, contentKey(passages)])),
        passagesOf: async (some) => some.flatMap((d) => byDocument.get(d) ?? []),
      },
      now,
    );
    return (this.#common ??= kept);
  }

  /** What cannot be saved now is found missing at the next start, and made again: it must not cost an answer. */
  async #bring(owner: string, kept: KeptIndex, holdings: Holdings, now: number): Promise<void> {
    const { log = () => {} } = this.#with;
    const { read, dropped } = await kept.bring(holdings);
    if (read + dropped === 0) return;
    log('index-changed', { owner, read, dropped });
    await kept.save(now).catch((error: unknown) => log('index-not-saved', { owner, error: String(error) }));
  }
}

/** Documents fetched together: D1 takes 100 parameters a statement. */
const AT_ONCE = 40;

/** A document's clauses never change; what may is its title, which is searched too. */
function ownHoldings(documents: readonly LibraryDocument[], library: SchoolLibrary): Holdings {
  const byId = new Map(documents.map((d) => [d.id, d]));
  return {
    marks: new Map(documents.map((d) => [d.id, `${d.clauses} ${d.title}`])),
    async passagesOf(some) {
      const passages: Passage[] = [];
      for (let at = 0; at < some.length; at += AT_ONCE)
        for (const clause of await library.clausesAmong('documents', some.slice(at, at + AT_ONCE)))
          passages.push(passageOf(citable(byId.get(clause.document)!, clause)));
      return passages;
    },
  };
}
