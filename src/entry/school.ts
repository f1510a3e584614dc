import { join } from 'node:path';
import type { SchoolProfile } from '../domain/school.ts';
import { dayAt } from '../domain/china-time.ts';
import { checkSchool, differences } from '../rules/check-school.ts';
import { profileFileSchema } from '../rules/shared-files.ts';
import { archiveOn } from '../stores/archive.ts';
import { sqliteDatabase } from '../stores/sqlite.ts';
import { compiledKnowledge, ROOT } from './knowledge/compiled.ts';
import { type Fault, readYaml } from './knowledge/read-files.ts';
import { ledgersOn } from '../stores/ledger.ts';
import { importDutyList } from './duties.ts';
import { servedSchools } from './knowledge/schools.ts';
import { demoIsFixed, MEMBERS_USAGE, membersCommand } from './members.ts';
import { settingsFrom } from './settings.ts';

/**
 * `npm run school -- import profile.yaml | duties import list.yaml [school] | members … | list`: a school's own settings,
 * recurring duties and people into the running service's store, checked first. A profile is in force from its `since`; the earlier one keeps
 * answering for the days before.
 */
const [verb = 'list', path, file, named] = process.argv.slice(2);
const settings = settingsFrom(process.env);
const db = sqliteDatabase(join(settings.YISHI_DATA, 'yishi.db'), join(ROOT, 'migrations'));
const archive = archiveOn(db);
const { book, schools } = await compiledKnowledge();

async function importProfile(file: string): Promise<boolean> {
  const faults: Fault[] = [];
  const read = readYaml(file, profileFileSchema, process.cwd(), faults);
  const profile = read?.data as SchoolProfile | undefined;
  const wrong = [
    ...faults.map((f) => `${f.file}:${f.line} ${f.message}`),
    ...(profile ? checkSchool(profile, book) : []),
  ];
  for (const line of wrong) console.error(line);
  if (!profile || wrong.length > 0) {
    console.error(`没有导入：${wrong.length} 处要改`);
    return false;
  }
  await archive.keepProfile(profile, profile.since);
  console.log(
    `已导入 ${profile.name}（${profile.id}），自 ${profile.since} 起生效；与默认不同 ${differences(profile, book).length} 项。服务在一分钟内采用。`,
  );
  return true;
}

async function list(): Promise<boolean> {
  for (const { since, profile } of await archive.profiles())
    console.log(`${profile.id}\t自 ${since}\t${profile.name}\t清单 ${profile.list.length} 项`);
  return true;
}

async function duties(list: string, school: string): Promise<boolean> {
  const profile = servedSchools(schools, await archive.profiles()).on(school, dayAt(Date.now()));
  if (profile) return importDutyList(list, profile, ledgersOn(db), Date.now());
  console.error(`没有学校 ${school}，或者它的设置今天还没有生效`);
  return false;
}

/** Of the school served; the sample school's people are fixed. */
async function members(args: readonly string[]): Promise<boolean | null> {
  if (!settings.demo) return membersCommand(args, ledgersOn(db).forSchool(settings.YISHI_SCHOOL));
  console.error(demoIsFixed('npm run school -- members list'));
  return false;
}

function run(): Promise<boolean | null> | null {
  if (verb === 'import' && path) return importProfile(path);
  if (verb === 'duties' && path === 'import' && file) return duties(file, named ?? settings.YISHI_SCHOOL);
  if (verb === 'members') return members(process.argv.slice(3));
  return verb === 'list' ? list() : null;
}

const done = await run();
if (done === null)
  console.error(
    verb === 'members'
      ? MEMBERS_USAGE
      : '用法：npm run school -- import profile.yaml | duties import 清单.yaml|.csv|.xlsx [学校] | members … | list',
  );
await db.close();
process.exitCode = done ? 0 : done === null ? 2 : 1;
