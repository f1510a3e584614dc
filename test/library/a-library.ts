import { join } from 'node:path';
import type { Arriving, Sender } from '../../src/assistant/take-document.ts';
import { documentReader } from '../../src/documents/read.ts';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { addDocument, type Added } from '../../src/library/add-document.ts';
import type { Database } from '../../src/ports/database.ts';
import { inForceOn, type LibraryStore, type SchoolLibrary } from '../../src/ports/library.ts';
import { libraryOn } from '../../src/stores/library.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { bytesOf } from './make-files.ts';

/** A library in memory and ways to put documents into it. */
export const NOW = Date.parse('2026-11-20T02:00:00Z');
/** D1's limit, held to on every statement. */
function limited(db: Database): Database {
  const check = (params: readonly unknown[] = []) => {
    if (params.length > 100) throw new Error(`${params.length} parameters`);
  };
  return {
    ...db,
    all: (sql, params) => (check(params), db.all(sql, params)),
    batch: (statements) => (statements.forEach((s) => check(s.params)), db.batch(statements)),
  };
}
export const openDatabase = (): Database => limited(sqliteDatabase(':memory:', join(ROOT, 'migrations')));
export const open = (): LibraryStore => libraryOn(openDatabase());
/** A file at hand, as the assistant gets it, and someone of the sample school's web chat. */
export const sent = (name: string, bytes: Uint8Array): Arriving => ({
  name,
  size: bytes.length,
  fetch: async () => ({ kind: 'file', bytes }),
});
export const webMember = (id: string): Sender => ({ platform: 'web', app: '', id });
export const add = (library: SchoolLibrary, text: string, name = '办法.txt', options = {}): Promise<Added> =>
  addDocument(bytesOf(text), name, { library, reader: documentReader, now: () => NOW }, options);
export const added = async (...args: Parameters<typeof add>) => {
  const result = await add(...args);
  if (result.kind !== 'added') throw new Error(JSON.stringify(result));
  return result;
};
/** What may be cited on a day. */
export async function inForce(library: SchoolLibrary, day: string) {
  const live = (await library.list()).filter((d) => d.state !== 'removed' && inForceOn(d, day));
  return Promise.all(live.map(async (document) => ({ document, clauses: await library.clauses(document.id) })));
}
export const rule = (year: number, words = '校服由家长自愿选购') =>
  `甲县第一中学校服选用办法\n（${year}年3月1日教代会通过）\n第一条 ${words}，${year}年。\n第二条 本办法自${year}年9月1日起施行。`;
