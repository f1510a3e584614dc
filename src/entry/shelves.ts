import { type FinderFor, Shelves } from '../library/shelves.ts';
import { embeddingsFrom } from '../models/embeddings.ts';
import { clauseRetriever } from '../models/retriever.ts';
import type { Database } from '../ports/database.ts';
import { libraryOn } from '../stores/library.ts';
import { savedIndexesOn } from '../stores/saved-index.ts';
import type { Compiled } from './knowledge/compiled.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Log = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

/** With an embeddings endpoint, LangChain's retriever by words and by meaning; the index alone otherwise. */
function byMeaning(env: Env, log: Log): FinderFor | undefined {
  if (!env['EMBEDDINGS_BASE_URL']) return undefined;
  return async (index, fetchTexts) => {
    const texts = await fetchTexts();
    const passages = [...texts].map(([id, text]) => ({ id, text }));
    const semantic = embeddingsFrom(env, passages, { log, now: Date.now });
    return async (question, k, filter) => {
      const passage = (id: string) => ({ text: texts.get(id) ?? '' });
      const retriever = await clauseRetriever({ index, semantic, k, filter, passage });
      return (await retriever.invoke(question)).map((d) => ({ id: d.id!, score: Number(d.metadata['score']) }));
    };
  };
}

/** The schools' shelves over the store's library. */
export const shelvesOn = (
  db: Database,
  { book, lexicon }: Pick<Compiled, 'book' | 'lexicon'>,
  env: Env,
  log: Log,
): Shelves =>
  new Shelves({
    common: book.clauses,
    library: libraryOn(db),
    saved: savedIndexesOn(db),
    lexicon,
    finderFor: byMeaning(env, log),
    log,
  });
