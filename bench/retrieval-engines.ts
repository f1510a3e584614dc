import { DatabaseSync } from 'node:sqlite';
import { Index } from 'flexsearch';
import MiniSearch from 'minisearch';
import { SearchIndex } from '../src/library/search/search-index.ts';
import type { Lexicon } from '../src/library/search/lexicon.ts';
import type { QuestionSet } from './retrieval-data.ts';

type Docs = QuestionSet['docs'];
export type Search = (question: string) => string[];
export interface Engine {
  readonly name: string;
  readonly build: (docs: Docs) => Search;
}

const HAN = /[\u3400-\u9fff]/;
/** What the libraries are given: Chinese cut into pairs, with characters too where asked for; other words whole. */
function cut(text: string, withCharacters: boolean): string[] {
  const terms: string[] = [];
  for (const run of text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\u3400-\u9fff]+|[a-z0-9]+/g) ?? []) {
    if (!HAN.test(run)) terms.push(run);
    else
      for (let i = 0; i < run.length; i++) {
        if (withCharacters || run.length === 1) terms.push(run[i]!);
        if (i + 1 < run.length) terms.push(run.slice(i, i + 2));
      }
  }
  return terms;
}

/** Ours, as `library serve-jsonl` runs it. */
const own = (lexicon: Lexicon): Engine => ({
  name: '议事',
  build: (docs) => {
    const index = new SearchIndex(lexicon);
    index.add(docs);
    return (question) => index.search(question, 10).map((hit) => hit.id);
  },
});

const miniSearch: Engine = {
  name: 'MiniSearch 字+双字',
  build: (docs) => {
    const index = new MiniSearch({
      fields: ['all'],
      tokenize: (text) => cut(text, true),
      searchOptions: { bm25: { k: 0.9, b: 0.4, d: 0 } },
    });
    index.addAll(docs.map((d, id) => ({ id, all: `${d.title}\n${d.text}` })));
    return (question) =>
      index
        .search(question)
        .slice(0, 10)
        .map((hit) => docs[hit.id as number]!.id);
  },
};

const flexSearch: Engine = {
  name: 'FlexSearch 双字',
  build: (docs) => {
    const index = new Index({ encode: (text: string) => cut(text, false), resolution: 9 });
    docs.forEach((d, i) => index.add(i, `${d.title}\n${d.text}`));
    return (question) => (index.search(question, { limit: 10, suggest: true }) as number[]).map((i) => docs[i]!.id);
  },
};

const fts5 = (withCharacters: boolean): Engine => ({
  name: withCharacters ? 'SQLite FTS5 字+双字' : 'SQLite FTS5 双字',
  build: (docs) => {
    const db = new DatabaseSync(':memory:');
    db.exec(`create virtual table passage using fts5(terms, content='', tokenize='unicode61')`);
    const insert = db.prepare('insert into passage (rowid, terms) values (?, ?)');
    db.exec('begin');
    docs.forEach((d, i) => insert.run(i, cut(`${d.title}\n${d.text}`, withCharacters).join(' ')));
    db.exec('commit');
    const select = db.prepare('select rowid from passage where passage match ? order by rank limit 10');
    return (question) => {
      const terms = [...new Set(cut(question, withCharacters))];
      if (terms.length === 0) return [];
      return select.all(terms.map((t) => `"${t}"`).join(' OR ')).map((row) => docs[Number(row['rowid'])]!.id);
    };
  },
});

/** Ours first, then the libraries it is measured against. */
export const engines = (lexicon: Lexicon): Engine[] => [own(lexicon), miniSearch, flexSearch, fts5(true), fts5(false)];
