import type { SavedIndexes } from '../ports/saved-index.ts';
import { checksum, fromBytes, recipeKey, toBytes } from './search/buffer.ts';
import { NO_LEXICON } from './search/lexicon.ts';
import { type Passage, SearchIndex } from './search/search-index.ts';
import type { Segment } from './search/segment.ts';

/** What an index is to hold: documents by id, each with a mark that changes when its passages do. */
export interface Holdings {
  readonly marks: ReadonlyMap<string, string>;
  /** The passages of several documents at once; each names its document. */
  passagesOf(documents: readonly string[]): Promise<readonly Passage[]>;
}

/** How many documents were read and how many taken out to bring an index up to date. */
export interface Brought {
  readonly read: number;
  readonly dropped: number;
}

/** As it is saved, behind its checksum. */
interface Head {
  readonly key: string;
  readonly marks: readonly (readonly [string, string])[];
  readonly documents: readonly string[];
  readonly segments: readonly { readonly name: string; readonly dead: readonly number[] }[];
  readonly passages: number;
}

/** Documents fetched together. */
const AT_ONCE = 40;

/** The index of one owner's documents. It outlives the process: only what has changed since is analysed. */
export class KeptIndex {
  readonly #owner: string;
  readonly #saved: SavedIndexes;
  readonly #marks: Map<string, string>;
  readonly #names: WeakMap<Segment, string>;
  readonly index: SearchIndex;

  private constructor(owner: string, saved: SavedIndexes, { index, marks, names }: Loaded) {
    this.#owner = owner;
    this.#saved = saved;
    this.index = index;
    this.#marks = marks;
    this.#names = names;
  }

  /** The index as it was saved; empty when there is none, or when what there is must not be trusted. */
  static async open(owner: string, saved: SavedIndexes): Promise<KeptIndex> {
    // Another process may save between the head and its segments: then the second look finds the new head.
    const loaded = (await load(owner, saved)) ?? (await load(owner, saved)) ?? nothing();
    return new KeptIndex(owner, saved, loaded);
  }

  /** Takes out what is no longer held and reads what is new or changed. */
  async bring(holdings: Holdings): Promise<Brought> {
    const gone = [...this.#marks.keys()].filter((d) => !holdings.marks.has(d));
    const coming = [...holdings.marks].filter(([d, mark]) => this.#marks.get(d) !== mark).map(([d]) => d);
    for (const document of gone) this.#drop(document);
    for (let at = 0; at < coming.length; at += AT_ONCE) {
      const some = coming.slice(at, at + AT_ONCE);
      const passages = await holdings.passagesOf(some);
      // Nothing is awaited from here on, so two who bring the same index up to date cannot get between each other.
      for (const document of some) this.#drop(document);
      this.index.add(passages);
      for (const document of some) this.#marks.set(document, holdings.marks.get(document)!);
    }
    return { read: coming.length, dropped: gone.length };
  }

  #drop(document: string): void {
    if (!this.#marks.delete(document)) return;
    this.index.remove(this.index.passagesOf(document));
  }

  /** Saves it as it is now: the segments that are not saved yet, and the head. */
  async save(now: number): Promise<void> {
    const { segments, documents } = this.index.stored;
    const added = new Map<string, Uint8Array>();
    const fresh = new Map<Segment, string>();
    const named = segments.map((segment) => {
      let name = this.#names.get(segment);
      if (name === undefined) {
        const bytes = toBytes(segment);
        name = checksum(bytes);
        added.set(name, bytes);
        fresh.set(segment, name);
      }
      return { name, dead: [...segment.dead.keys()].filter((i) => segment.dead[i]) };
    });
    const head: Head = {
      key: recipeKey(),
      marks: [...this.#marks],
      documents,
      segments: named,
      passages: this.index.size,
    };
    const names = named.map((s) => s.name);
    await this.#saved.save(this.#owner, sealed(JSON.stringify(head)), added, names, now);
    for (const [segment, name] of fresh) this.#names.set(segment, name);
  }
}

interface Loaded {
  readonly index: SearchIndex;
  readonly marks: Map<string, string>;
  readonly names: WeakMap<Segment, string>;
}

// Questions are read with the lexicon by whoever searches; the passages know nothing of it.
const nothing = (): Loaded => ({ index: new SearchIndex(NO_LEXICON), marks: new Map(), names: new WeakMap() });

const sealed = (body: string): string => `${checksum(new TextEncoder().encode(body))} ${body}`;

function opened(text: string): Head | null {
  const body = text.slice(text.indexOf(' ') + 1);
  return sealed(body) === text ? (JSON.parse(body) as Head) : null;
}

/** `null` when nothing was saved, or by another recipe, or anything of it is missing or damaged. */
async function load(owner: string, saved: SavedIndexes): Promise<Loaded | null> {
  const head = opened((await saved.head(owner)) ?? '');
  if (!head || head.key !== recipeKey()) return null;
  const names = new WeakMap<Segment, string>();
  const segments: Segment[] = [];
  for (const { name, dead } of head.segments) {
    const bytes = await saved.segment(owner, name);
    const segment = bytes && checksum(bytes) === name ? fromBytes(bytes) : null;
    if (!segment) return null;
    for (const at of dead) segment.dead[at] = 1;
    segments.push(segment);
    names.set(segment, name);
  }
  const index = new SearchIndex(NO_LEXICON, { segments, documents: head.documents });
  const marks = new Map(head.marks);
  return index.size === head.passages && holdsOnly(segments, head.documents, marks) ? { index, marks, names } : null;
}

const holdsOnly = (
  segments: readonly Segment[],
  documents: readonly string[],
  marks: ReadonlyMap<string, string>,
): boolean => {
  const unknown = Int8Array.from(documents, (d) => (marks.has(d) ? 0 : 1));
  return segments.every((s) => s.documents.every((d, i) => s.dead[i] === 1 || unknown[d] === 0));
};
