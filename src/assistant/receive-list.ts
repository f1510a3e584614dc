import type { Member } from '../domain/member.ts';
import type { Reply } from '../domain/message.ts';
import type { Said } from '../office/command.ts';
import { MOST_FILE_BYTES } from '../ports/documents.ts';
import type { Notebook } from '../ports/notebook.ts';
import type { RefusedTable, Table } from '../ports/tables.ts';
import { refused } from './document-card.ts';
import type { Arriving } from './take-document.ts';

/** Reads a task list's file; bounded, and refuses with a code what it cannot read. */
export type ReadTable = (bytes: Uint8Array, name: string) => Promise<Table | RefusedTable>;

const TABLE = /\.(?:xlsx|csv|xls|et)$/i;
/** How long a table that was read waits for “先导入其余” to be pressed. */
const WAITS_MS = 3_600_000;
const REST = /^导入其余/;

/** Tables are task lists; every other file is for the library. */
export const isTaskList = (file: { readonly name: string } | undefined): boolean =>
  file !== undefined && TABLE.test(file.name);

const noteKey = (school: string, by: Member): string => `table:${school}:${by.id}`;

interface Means {
  readonly notebook: Notebook;
  readonly readTable: ReadTable;
}

/** A task list sent in a direct chat, as the command that imports it; a reply where it cannot be read. */
export async function listCommand(
  file: Arriving,
  by: Member,
  school: string,
  now: number,
  { notebook, readTable }: Means,
): Promise<{ name: string; said: Said } | { reply: Reply }> {
  const fetched = await file.fetch(MOST_FILE_BYTES);
  if (fetched.kind !== 'file') return { reply: refused('没有取到这份文件，请再发一次。', 'file-not-fetched') };
  const table = await readTable(fetched.bytes, file.name);
  if (table.kind === 'refused') return { reply: refused(table.message, table.code) };
  await notebook.write(noteKey(school, by), table, now + WAITS_MS);
  return importing('导入', file.name.replace(TABLE, ''), table);
}

/** “先导入其余” goes on with the table that was read before. */
export async function withTable(
  command: { name: string; said: Said },
  by: Member,
  school: string,
  now: number,
  { notebook }: Means,
): Promise<{ name: string; said: Said }> {
  if (command.name !== '清单' || !REST.test(command.said.words)) return command;
  const table = await notebook.read(noteKey(school, by), now);
  return table ? importing('', command.said.words, table as Table) : command;
}

const importing = (verb: string, words: string, table: Table): { name: string; said: Said } => ({
  name: '清单',
  said: { words: `${verb} ${words}`.trim(), values: { table: JSON.stringify(table) } },
});
