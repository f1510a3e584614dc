import { best, type Hit } from './best.ts';
import { clean } from './clean.ts';
import { Expansions, type Lexicon, NO_LEXICON } from './lexicon.ts';
import { SEGMENT_LIMIT } from './postings.ts';
import { queryOf } from './query.ts';
import { Scorer } from './score.ts';
import { livesIn, merge, type Segment, SegmentBuilder } from './segment.ts';

export interface Passage {
  readonly id: string;
  /** Title of the document, with the headings that lead to the passage. */
  readonly title?: string;
  readonly text: string;
  /** The document it belongs to; by default what stands before `#` in its id, else its title. */
  readonly document?: string;
}

/** Segments with the names of the documents they number. */
export interface Stored {
  readonly segments: readonly Segment[];
  readonly documents: readonly string[];
}

export type Filter = (id: string) => boolean;

/** The document a passage belongs to. Without any sign it is a document of its own. */
function documentOf({ id, title, document }: Passage): string {
  if (document !== undefined) return document;
  const mark = id.indexOf('#');
  return mark > 0 ? id.slice(0, mark) : title?.trim() || `\u0000${id}`;
}

/** A lexical index over passages. The answers depend on the passages it holds, not on how they came in. */
export class SearchIndex {
  #segments: Segment[];
  readonly #documents: Map<string, number>;
  /** Where each passage stands: segment number × SEGMENT_LIMIT + place. */
  readonly #where = new Map<string, number>();
  readonly #expansions: Expansions;
  #scorer: Scorer | undefined;

  constructor(lexicon: Lexicon = NO_LEXICON, stored: Stored = { segments: [], documents: [] }) {
    this.#expansions = new Expansions(lexicon);
    this.#documents = new Map(stored.documents.map((d, i) => [d, i]));
    this.#segments = [...stored.segments];
    this.#locate();
  }

  get size(): number {
    return this.#where.size;
  }
  has(id: string): boolean {
    return this.#where.has(id);
  }

  /** Takes passages in, also from a stream; one with a known id takes the place of the old. */
  add(passages: Iterable<Passage>): void {
    const builder = new SegmentBuilder();
    for (const p of passages) {
      if (builder.full) this.#segments.push(builder.finish());
      const known = this.#where.get(p.id);
      if (known !== undefined && known >= this.#segments.length * SEGMENT_LIMIT) builder.bury(known % SEGMENT_LIMIT);
      else this.#bury(p.id);
      this.#where.set(p.id, this.#segments.length * SEGMENT_LIMIT + builder.size);
      builder.add(p.id, this.#numberOf(documentOf(p)), SearchIndex.#textOf(p));
    }
    if (builder.size > 0) this.#segments.push(builder.finish());
    this.#tidy();
  }

  remove(ids: Iterable<string>): void {
    for (const id of ids) this.#bury(id);
    this.#tidy();
  }

  /** The best `k` passages for a question, best first. `filter` says by its id whether a passage may be shown. */
  search(question: string, k = 10, filter?: Filter): Hit[] {
    if (!(k >= 1)) return [];
    this.#scorer ??= new Scorer(this.#segments, this.#documents.size);
    return best(this.#segments, this.#scorer.score(queryOf(question, this.#expansions)), Math.floor(k), filter);
  }

  /** The ids of a document's passages. */
  passagesOf(document: string): string[] {
    const number = this.#documents.get(document);
    if (number === undefined) return [];
    return this.#segments.flatMap((s) => s.ids.filter((_, i) => s.documents[i] === number && !s.dead[i]));
  }

  /** What is kept between two starts. */
  get stored(): Stored {
    return { segments: this.#segments, documents: [...this.#documents.keys()] };
  }

  /** Titles are cleaned apart from the text, so that the last word of the one is not joined to the first of the other. */
  static #textOf({ title, text }: Passage): string {
    return title ? `${clean(title)}\n${clean(text)}` : clean(text);
  }

  #numberOf(document: string): number {
    const known = this.#documents.get(document);
    if (known !== undefined) return known;
    this.#documents.set(document, this.#documents.size);
    return this.#documents.size - 1;
  }

  #bury(id: string): void {
    const known = this.#where.get(id);
    if (known === undefined) return;
    this.#segments[Math.floor(known / SEGMENT_LIMIT)]!.dead[known % SEGMENT_LIMIT] = 1;
    this.#where.delete(id);
  }

  /** Sweeps out what is mostly dead and merges a segment into its elder when that is not twice as large. */
  #tidy(): void {
    this.#scorer = undefined;
    const before = this.#segments;
    const kept: Segment[] = [];
    for (const s of before) {
      kept.push(livesIn(s) * 2 < s.ids.length ? merge([s]) : s);
      for (let n = kept.length; n > 1; n = kept.length) {
        const [elder, younger] = [livesIn(kept[n - 2]!), livesIn(kept[n - 1]!)];
        if (elder >= 2 * younger || elder + younger > SEGMENT_LIMIT) break;
        kept.push(merge(kept.splice(-2)));
      }
    }
    this.#segments = kept.filter((s) => s.ids.length > 0);
    if (this.#segments.length !== before.length || this.#segments.some((s, i) => s !== before[i])) this.#locate();
  }

  #locate(): void {
    this.#where.clear();
    this.#segments.forEach((s, n) =>
      s.ids.forEach((id, at) => s.dead[at] || this.#where.set(id, n * SEGMENT_LIMIT + at)),
    );
  }
}

export function buildIndex(passages: Iterable<Passage>, lexicon?: Lexicon): SearchIndex {
  const index = new SearchIndex(lexicon);
  index.add(passages);
  return index;
}
