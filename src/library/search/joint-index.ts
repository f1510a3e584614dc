import { best, type Hit } from './best.ts';
import type { Expansions } from './lexicon.ts';
import { queryOf } from './query.ts';
import { Scorer } from './score.ts';
import type { Filter, SearchIndex } from './search-index.ts';
import type { Segment } from './segment.ts';

/**
 * Several indexes searched as one: a term is weighed over the passages of all, so that the answers are those of a single
 * index. It shows its parts as they are when it is made; a part may belong to several (the common clauses belong to
 * every school).
 */
export class JointIndex {
  readonly #segments: readonly Segment[];
  /** For each segment, how many documents stand before its index's own. */
  readonly #first: readonly number[];
  readonly #documents: number;
  readonly #expansions: Expansions;
  #scorer: Scorer | undefined;

  constructor(parts: readonly SearchIndex[], expansions: Expansions) {
    const stored = parts.map((p) => p.stored);
    const starts = stored.map((_, i) => stored.slice(0, i).reduce((n, s) => n + s.documents.length, 0));
    this.#segments = stored.flatMap((s) => s.segments);
    this.#first = stored.flatMap((s, i) => s.segments.map(() => starts[i]!));
    this.#documents = stored.reduce((n, s) => n + s.documents.length, 0);
    this.#expansions = expansions;
  }

  /** The best `k` passages for a question, best first. `filter` says by its id whether a passage may be shown. */
  search(question: string, k = 10, filter?: Filter): Hit[] {
    if (!(k >= 1)) return [];
    this.#scorer ??= new Scorer(this.#segments, this.#documents, this.#first);
    return best(this.#segments, this.#scorer.score(queryOf(question, this.#expansions)), Math.floor(k), filter);
  }
}
