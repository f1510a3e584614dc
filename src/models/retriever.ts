import type { BaseRetriever, BaseRetrieverInput } from '@langchain/core/retrievers';
import type { Ranked, Semantic } from './embeddings.ts';

/** The lexical index, as far as a retriever needs it. */
interface Lexical {
  search(question: string, k: number, filter?: (id: string) => boolean): Ranked;
}

export interface ClauseRetrieverOptions extends BaseRetrieverInput {
  readonly index: Lexical;
  /** The text of a passage and what is told with it; passages it does not know are left out. */
  readonly passage: (
    id: string,
  ) => { readonly text: string; readonly metadata?: Readonly<Record<string, unknown>> } | undefined;
  readonly semantic?: Semantic | undefined;
  readonly k?: number;
  readonly filter?: (id: string) => boolean;
}

/** Dampens the first ranks, so that one list's first does not outweigh agreement further down; 60 is the usual figure. */
const DAMPING = 60;
/** How many of each list are heard. */
const DEPTH = 50;

/** Reciprocal-rank fusion: ranks can be added where scores of different kinds cannot. Equal sums keep the first list's order. */
export function fuse(lists: readonly Ranked[], k: number): Ranked {
  const sums = new Map<string, number>();
  for (const list of lists)
    list.forEach(({ id }, rank) => sums.set(id, (sums.get(id) ?? 0) + 1 / (DAMPING + rank + 1)));
  return [...sums]
    .map(([id, score]) => ({ id, score }))
    .sort((a, b) => b.score - a.score)
    .slice(0, k);
}

/** The best passages by words and, where there is an endpoint that answers, by meaning. */
async function retrieve(
  { index, semantic, filter, k = 10 }: ClauseRetrieverOptions,
  question: string,
): Promise<Ranked> {
  if (!semantic) return index.search(question, k, filter);
  const near = await semantic.nearest(question, DEPTH, filter);
  return near === null ? index.search(question, k, filter) : fuse([index.search(question, DEPTH, filter), near], k);
}

/**
 * A LangChain retriever over the school's clauses, for chains and agents. LangChain is loaded by the call, because its
 * import costs a third of a second and nothing else needs it.
 */
export async function clauseRetriever(options: ClauseRetrieverOptions): Promise<BaseRetriever> {
  const [{ BaseRetriever: Base }, { Document }] = await Promise.all([
    import('@langchain/core/retrievers'),
    import('@langchain/core/documents'),
  ]);

  class ClauseRetriever extends Base {
    override lc_namespace = ['yishi', 'retrievers'];
    static override lc_name(): string {
      return 'ClauseRetriever';
    }

    override async _getRelevantDocuments(question: string) {
      const found = await retrieve(options, question);
      return found.flatMap(({ id, score }) => {
        const passage = options.passage(id);
        return passage
          ? [new Document({ id, pageContent: passage.text, metadata: { ...passage.metadata, id, score } })]
          : [];
      });
    }
  }
  return new ClauseRetriever(options);
}
