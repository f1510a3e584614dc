import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { notebookOn } from '../../src/stores/notebook.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';

const HOUR = 3_600_000;

it('keeps a note until its moment, replaces it, and forgets it', async () => {
  const book = notebookOn(sqliteDatabase(':memory:', join(ROOT, 'migrations')), () => 0);
  await book.write('k', { a: 1 }, HOUR);
  expect(await book.read('k', HOUR - 1)).toEqual({ a: 1 });
  expect(await book.read('k', HOUR)).toBeUndefined();
  await book.write('k', ['b'], HOUR);
  expect(await book.read('k', 0)).toEqual(['b']);
  await book.erase('k');
  expect(await book.read('k', 0)).toBeUndefined();
});

it('clears expired notes away as new ones come', async () => {
  let now = 0;
  const db = sqliteDatabase(':memory:', join(ROOT, 'migrations'));
  const book = notebookOn(db, () => now);
  for (let n = 0; n < 5; n++) await book.write(`old${n}`, n, 10);
  now = HOUR;
  await book.write('new', 1, 2 * HOUR);
  expect(await db.all('SELECT id FROM note')).toEqual([{ id: 'new' }]);
});
