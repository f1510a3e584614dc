import { join } from 'node:path';
import type { SchoolProfile } from '../domain/school.ts';
import { checkSchool, differences } from '../rules/check-school.ts';
import { profileFileSchema } from '../rules/shared-files.ts';
import { archiveOn } from '../stores/archive.ts';
import { sqliteDatabase } from '../stores/sqlite.ts';
import { compiledKnowledge, ROOT } from './knowledge/compiled.ts';
import { type Fault, readYaml } from './knowledge/read-files.ts';
import { settingsFrom } from './settings.ts';

/**
 * `npm run school -- import profile.yaml | list`: a school's own settings into the running service's store, checked
 * first. A profile is in force from its `since`; the earlier one keeps answering for the days before.
 */
const [verb = 'list', path] = process.argv.slice(2);
const db = sqliteDatabase(join(settingsFrom(process.env).YISHI_DATA, 'yishi.db'), join(ROOT, 'migrations'));
const archive = archiveOn(db);
const { book } = await compiledKnowledge();

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

const done = verb === 'import' && path ? await importProfile(path) : verb === 'list' ? await list() : null;
if (done === null) console.error('用法：npm run school -- import profile.yaml | list');
await db.close();
process.exitCode = done ? 0 : done === null ? 2 : 1;
