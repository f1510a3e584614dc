import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Person } from '../domain/member.ts';
import { bindingsTable } from '../office/members/bindings-table.ts';
import type { Directory } from '../office/members/directories.ts';
import { matchPeople } from '../office/members/match-people.ts';
import { ledgersOn } from '../stores/ledger.ts';
import { sqliteDatabase } from '../stores/sqlite.ts';
import { ROOT } from './knowledge/compiled.ts';
import { demoIsFixed } from './members.ts';
import { settingsFrom } from './settings.ts';

/** `npm run feishu -- members` and `npm run wecom -- members`: who seems to be whom, as a table for the office to confirm in. */
export async function matchMembers(
  directory: Directory,
  people: readonly Person[],
  file: string,
  command: string,
): Promise<void> {
  const { YISHI_DATA, YISHI_SCHOOL, demo } = settingsFrom(process.env);
  if (demo) throw new Error(demoIsFixed(command));
  const db = sqliteDatabase(join(YISHI_DATA, 'yishi.db'), join(ROOT, 'migrations'));
  const { records } = await ledgersOn(db)
    .forSchool(YISHI_SCHOOL)
    .show()
    .finally(() => db.close());
  const matched = matchPeople([...records.member.values()], people, directory);
  await written(file, bindingsTable(matched, directory));
  const count = (clear: boolean) => matched.matches.filter(({ kind }) => (kind !== 'unclear') === clear).length;
  console.log(
    `${directory}通讯录 ${people.length} 人，名册 ${records.member.size} 人，已绑定 ${matched.bound.length} 人。按姓名对上 ${count(true)} 人，要分辨的 ${count(false)} 行，通讯录里没有的 ${matched.missing.length} 人。`,
  );
  console.log(`写在 ${file}：请办公室逐行核对，在“确认”一栏写“是”，再运行 npm run school -- members bind ${file}`);
}

/** Never over a table in which somebody may have confirmed already. */
async function written(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST'
      ? new Error(`文件 ${file} 已经有了，没有改动它：请换一个文件名，或先把它移走。`)
      : error;
  });
}
