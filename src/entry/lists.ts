import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { OfficeWorld } from '../assistant/office-turn.ts';
import type { Desk } from '../assistant/desk.ts';
import { rulingsOf } from '../assistant/rulings.ts';
import { LIMITS } from '../documents/refusals.ts';
import { readTaskTable } from '../documents/tables/read.ts';
import { AppError } from '../domain/errors.ts';
import type { SchoolProfile } from '../domain/school.ts';
import { dayAt } from '../domain/china-time.ts';
import { outgoingsOf } from '../office/deliver.ts';
import { rosterOf } from '../office/members/roster.ts';
import { commandNamed, type Ran, runCommand } from '../office/run-command.ts';
import type { Table } from '../ports/tables.ts';
import { sqliteDatabase } from '../stores/sqlite.ts';
import { compiledKnowledge, ROOT } from './knowledge/compiled.ts';
import { deskFrom } from './knowledge/desk.ts';
import { officeOn } from './office-world.ts';
import { settingsFrom } from './settings.ts';

/**
 * `npm run lists -- import 整改清单.xlsx --name 2026年整改任务清单 [--school demo] [--by office] [--partial]`: a task list into
 * the school's register, as if the member had sent it. Without `--partial` nothing is imported while a row is incomplete.
 */
const USAGE =
  '用法：npm run lists -- import <文件.xlsx|.csv> --name 清单名 [--school 学校] [--by 谁（姓名、职务或编号）] [--partial]';
/** Another deed may come between reading and writing. */
const TRIES = 5;

type World = OfficeWorld & { readonly desk: Desk };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: 'string' },
    school: { type: 'string' },
    by: { type: 'string', default: 'office' },
    partial: { type: 'boolean', default: false },
  },
});

async function tableFrom(path: string): Promise<Table | string> {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) return `没有这个文件：${path}`;
  // Too large by its size: not a byte of it is read.
  const bytes = info.size > LIMITS.bytes ? new Uint8Array(LIMITS.bytes + 1) : new Uint8Array(await readFile(path));
  const table = await readTaskTable(bytes, basename(path));
  return table.kind === 'refused' ? `${table.message}［${table.code}］` : table;
}

/** Runs the command as the member would; saved with what it says to others, or refused with nothing written. */
async function keep(world: World, school: SchoolProfile, table: Table): Promise<Ran> {
  const ledger = world.ledgers.forSchool(school.id);
  for (let left = TRIES; left > 0; left--) {
    const at = Date.now();
    const shown = await ledger.show();
    const roster = rosterOf(shown, school);
    const by = roster.get(values.by) ?? roster.named(values.by) ?? roster.withRole('office')[0];
    if (!by) throw new AppError('nobody', 400, `${school.name}的名册里没有“${values.by}”，请用 --by 写名册里的人。`);
    const words = `${values.partial ? '导入其余' : '导入'} ${values.name ?? ''}`;
    const setting = {
      shown,
      by,
      place: { kind: 'direct' as const, id: by.id },
      at,
      day: dayAt(at),
      school,
      roster,
      workdays: world.workdays,
    };
    const rulings = rulingsOf(world.desk, school, dayAt(at));
    const ran = runCommand(
      commandNamed('清单')!,
      { words, values: { table: JSON.stringify(table) } },
      { ...setting, ...rulings },
    );
    if (ran.refused !== undefined) return ran;
    const sends = await outgoingsOf(ran.scene.tellings, roster, { school, at, key: `lists:${at}` });
    const { puts, deeds } = ran.scene;
    if ((await ledger.commit({ head: shown.head, at, puts, deeds, sends })) === 'saved') return ran;
  }
  throw new AppError('busy', 503, '登记簿正忙，请稍后再试。');
}

async function main(): Promise<number> {
  const [verb, path] = positionals;
  if (verb !== 'import' || path === undefined) {
    console.error(USAGE);
    return 2;
  }
  const table = await tableFrom(path);
  if (typeof table === 'string') {
    console.error(table);
    return 1;
  }
  const settings = settingsFrom(process.env);
  const id = values.school ?? settings.YISHI_SCHOOL;
  const knowledge = await compiledKnowledge();
  const school = knowledge.schools.find((s) => s.id === id);
  if (!school) {
    console.error(`没有学校“${id}”的设置。`);
    return 1;
  }
  const db = sqliteDatabase(join(settings.YISHI_DATA, 'yishi.db'), join(ROOT, 'migrations'));
  try {
    const ran = await keep({ ...officeOn(db, knowledge), desk: deskFrom(knowledge) }, school, table);
    (ran.refused === undefined ? console.log : console.error)(ran.reply.text);
    if (ran.refused === 'rows-incomplete') console.error('要先导入其余的行，请加 --partial。');
    return ran.refused === undefined ? 0 : 1;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    await db.close();
  }
}

process.exitCode = await main();
