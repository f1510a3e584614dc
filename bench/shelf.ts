import { join } from 'node:path';
import { documentReader } from '../src/documents/read.ts';
import { compiledKnowledge, ROOT } from '../src/entry/knowledge/compiled.ts';
import { addDocument } from '../src/library/add-document.ts';
import { Shelves } from '../src/library/shelves.ts';
import type { Database } from '../src/ports/database.ts';
import { libraryOn } from '../src/stores/library.ts';
import { savedIndexesOn } from '../src/stores/saved-index.ts';
import { sqliteDatabase } from '../src/stores/sqlite.ts';
import { readSet } from './retrieval-data.ts';

/**
 * `npm run bench -- shelf`: what a school's shelf costs on one processor when it is made anew, loaded as it was saved,
 * grown by a document and asked, for several sizes. CPU of the whole process, so that a Worker's limits can be judged.
 */
const SIZES = [0, 5_000, 50_000];
const CLAUSES = 50;
const SCHOOL = 'demo';
const NOW = Date.parse('2026-11-20T02:00:00Z');
const DAY = '2026-11-20';
const QUESTIONS = 300;

const { book, lexicon } = await compiledKnowledge();
const set = readSet(join(ROOT, 'test/data/retrieval'));

/** A made-up document: clauses of 170 characters out of the corpus's sentences. */
function text(n: number): Uint8Array {
  const words = (at: number) => set.docs[at % set.docs.length]!.text.replace(/\s+/g, '');
  const clause = (i: number) =>
    `第${i}条 ${[0, 1, 2, 3]
      .map((k) => words(n * 31 + i * 7 + k * 401))
      .join('')
      .slice(0, 160)}编号${n}。`;
  const lines = Array.from({ length: CLAUSES }, (_, i) => clause(i + 1));
  return new TextEncoder().encode(`第${n}号学校管理办法\n${lines.join('\n')}`);
}

const give = (db: Database, n: number) =>
  addDocument(text(n), `${n}.txt`, {
    reader: documentReader,
    library: libraryOn(db).forSchool(SCHOOL),
    now: () => NOW,
  });

const shelvesOver = (db: Database) =>
  new Shelves({ common: book.clauses, library: libraryOn(db), saved: savedIndexesOn(db), lexicon });

/** CPU milliseconds of the work, user and system. */
async function cpu<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const begun = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(begun);
  return { ms: (user + system) / 1000, value };
}

async function measure(clauses: number): Promise<void> {
  const db = sqliteDatabase(':memory:', join(ROOT, 'migrations'));
  for (let n = 0; n < clauses / CLAUSES; n++) await give(db, n);
  const rebuilt = await cpu(() => shelvesOver(db).of(SCHOOL, NOW));
  globalThis.gc?.();
  const loading = shelvesOver(db);
  const loaded = await cpu(() => loading.of(SCHOOL, NOW));
  await give(db, clauses);
  loading.changed(SCHOOL);
  const grown = await cpu(() => loading.of(SCHOOL, NOW));
  const shelf = grown.value;
  const asked = set.queries.slice(0, QUESTIONS);
  const first = await cpu(() => shelf.find(asked[0]!.text, { day: DAY, limit: 8 }));
  const took: number[] = [];
  for (const { text: question } of asked) took.push((await cpu(() => shelf.find(question, { day: DAY, limit: 8 }))).ms);
  took.sort((a, b) => a - b);
  const [{ size } = { size: 0 }] = await db.all<{ size: number }>(
    'SELECT sum(length(body)) AS size FROM search_segment',
  );
  const show = (ms: number) => ms.toFixed(ms < 10 ? 1 : 0).padStart(7);
  console.log(
    `  ${String(clauses).padStart(6)}   ${show(rebuilt.ms)} ${show(loaded.ms)} ${show(grown.ms)} ${show(first.ms)} ${show(took[took.length >> 1]!)} ${show(took[Math.floor(took.length * 0.99)]!)}    ${(((size / 4) * 3) / 1024 / 1024).toFixed(1).padStart(6)}`,
  );
  await db.close();
}

export async function shelf(): Promise<void> {
  console.log(`\n学校文件架（内置 ${book.clauses.length} 段之外的条数；CPU 毫秒，SQLite 在内存里；末列索引兆字节）`);
  console.log('    条数     重建    载入  加一份  第一问  问 p50  问 p99      索引');
  for (const size of SIZES) await measure(size);
}
