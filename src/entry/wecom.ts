import { join } from 'node:path';
import { diagnoseWecomAibot } from '../../adapters/wecom-aibot/doctor.ts';
import { wecomAppClient } from '../../adapters/wecom-app/client.ts';
import { diagnoseWecomApp } from '../../adapters/wecom-app/doctor.ts';
import { groupOf, madeGroup } from '../../adapters/wecom-app/groups.ts';
import { peopleInRange } from '../../adapters/wecom-app/people.ts';
import { appOf, wecomAppSettings } from '../../adapters/wecom-app/settings.ts';
import { diagnoseWecomRobot } from '../../adapters/wecom-robot/doctor.ts';
import { toldPlainly } from '../../adapters/wecom-shared/errors.ts';
import { notebookOn } from '../stores/notebook.ts';
import { sqliteDatabase } from '../stores/sqlite.ts';
import { ROOT } from './knowledge/compiled.ts';
import { matchMembers } from './match-members.ts';
import { settingsFrom } from './settings.ts';
import { told } from './told.ts';

/**
 * `npm run wecom -- doctor [app|aibot|robot] | members [file] | group <name> <owner> <member>… | group <chatid>`: what is
 * right and wrong with each of the three ways, who of the roster is who in WeCom, and groups of the app's own.
 */
const USAGE =
  '用法：npm run wecom -- doctor [app|aibot|robot] | members [文件] | group <群名> <群主 userid> <成员 userid>… | group <chatid>';
const [verb, ...rest] = process.argv.slice(2);

async function withDatabase<T>(use: (db: ReturnType<typeof sqliteDatabase>) => Promise<T>): Promise<T> {
  const db = sqliteDatabase(join(settingsFrom(process.env).YISHI_DATA, 'yishi.db'), join(ROOT, 'migrations'));
  return use(db).finally(() => db.close());
}

async function doctor(way: string | undefined): Promise<number | null> {
  const doctors = {
    app: ['企业微信 自建应用', () => diagnoseWecomApp(process.env)],
    aibot: [
      '企业微信 智能机器人',
      () => withDatabase((db) => diagnoseWecomAibot(process.env, { notebook: notebookOn(db), now: Date.now() })),
    ],
    robot: ['企业微信 群机器人', () => diagnoseWecomRobot(process.env)],
  } as const;
  const wanted = Object.entries(doctors).filter(([name]) => way === undefined || name === way);
  if (wanted.length === 0) return null;
  const seen = await Promise.all(wanted.map(async ([, [label, diagnose]]) => [label, await diagnose()] as const));
  const unset = seen.filter(([, findings]) => findings.length === 0).map(([label]) => label);
  const code = told(seen);
  if (unset.length > 0) console.log(`\n没有配置：${unset.join('、')}（环境变量见 docs/wecom.md）`);
  return code;
}

function theApp() {
  const app = wecomAppSettings(process.env);
  if (!app) throw new Error('没有配置自建应用：请先按 docs/wecom.md 设好 WECOM_CORP_ID 等环境变量。');
  return { app, client: wecomAppClient(app) };
}

async function members(file = 'wecom-members.csv'): Promise<number> {
  const people = await peopleInRange(theApp().client);
  if ('ok' in people) return faulty(toldPlainly(people));
  await matchMembers('企业微信', people, file, 'npm run wecom -- members');
  return 0;
}

async function group(first: string | undefined, owner: string | undefined, others: readonly string[]) {
  if (!first) return null;
  const { app, client } = theApp();
  const made = owner ? await madeGroup(client, first, owner, others) : await groupOf(client, first);
  if ('ok' in made) return faulty(toldPlainly(made));
  console.log(`群「${made.name}」，${made.members} 人，chatid ${made.chat}`);
  console.log(`要把群摘要发到这个群，在学校设置里写：digest_group: wecom-app:${appOf(app)}:${made.chat}`);
  return 0;
}

function faulty(why: string): number {
  console.error(why);
  return 1;
}

async function run(): Promise<number | null> {
  if (verb === 'doctor') return doctor(rest[0]);
  if (verb === 'members') return members(rest[0]);
  return verb === 'group' ? group(rest[0], rest[1], rest.slice(2)) : null;
}

const code = await run().catch((error: unknown) => faulty((error as Error).message));
if (code === null) console.error(USAGE);
process.exitCode = code ?? 2;
