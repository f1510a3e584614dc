import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { ledgersOn } from '../../src/stores/ledger.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { dataFolder } from '../fakes/process.ts';
import { deedOn, duty, put } from './ledger-contract.ts';

const run = promisify(execFile);
/** The command as a person runs it; its exit code and what it said. */
async function command(folder: string, file: string, ...args: string[]) {
  const env = { ...process.env, YISHI_DATA: folder, YISHI_SCHOOL: 'school-1' };
  const options = { cwd: ROOT, env };
  const done = run(process.execPath, ['--no-warnings', join(ROOT, `src/entry/${file}.ts`), ...args], options);
  return done.then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      said: error.stdout + error.stderr,
    }),
  );
}

it('verifies and shows the log from the command line, and says where it was changed', async () => {
  const folder = dataFolder();
  const audit = (...args: string[]) => command(folder, 'audit', ...args);
  expect(await audit('verify')).toMatchObject({ code: 2, said: expect.stringContaining('没有数据库') });
  const db = sqliteDatabase(join(folder, 'yishi.db'), join(ROOT, 'migrations'));
  const ledger = ledgersOn(db).forSchool('school-1');
  expect(await audit('verify')).toMatchObject({ code: 0, said: '台账还是空的。\n' });
  await deedOn(ledger, [put(duty('Y12'))]);
  await deedOn(ledger, [put(duty('Y13'))]);
  const good = await audit('verify');
  expect(good).toMatchObject({ code: 0, said: expect.stringMatching(/台账完好：2 条/) });
  const head = /末条 (\S+)/.exec(good.said)![1]!;
  expect((await audit('verify', '--head', head)).code).toBe(0);
  expect(
    (
      await audit(
        'verify',
        '--head',
        head.replace(/.$/, (c) => (c === '0' ? '1' : '0')),
      )
    ).said,
  ).toMatch(/第 2 条与另外记下的/);
  expect((await audit('verify', '--head', 'abc')).code).toBe(2);
  const shown = await audit('show', 'y12');
  expect(shown.said).toMatch(/^ +1 {2}1970年1月1日 08:00:01 {2}方主任 {2}change-duty Y12（规则 r1）\n$/);
  expect((await audit('show')).said.split('\n')).toHaveLength(3);
  expect((await audit('show', '--school', 'other')).code).toBe(1);
  await db.batch([{ sql: `UPDATE deed SET by_whom = 'teacher' WHERE seq = 2`, params: [] }]);
  expect(await audit('verify')).toMatchObject({
    code: 1,
    said: '台账有问题，在第 2 条：第 2 条记录被改动过。前 1 条是完好的。\n',
  });
  await db.close();
}, 60_000);

it('takes a list of members over, binds accounts and lists them, while the log stays whole', async () => {
  const folder = dataFolder();
  const members = (...args: string[]) => command(folder, 'school', 'members', ...args);
  const file = join(folder, '名册.csv');
  writeFileSync(file, '姓名,职务,角色,党组织班子\n李书记,党委书记,书记,是\n张三,,,');
  expect(await members('import', file)).toMatchObject({
    code: 0,
    said: expect.stringMatching(/新登记 2 人.*\n请注意：没有校长/),
  });
  expect((await members('import', file)).said).toMatch(/新登记 0 人，更新 0 人/);
  expect((await members('bind', '张三', 'wecom-app', 'Zhang')).said).toMatch(/wecom-app::zhang 是张三/);
  expect(await members('bind', '李书记', 'wecom-app', 'zhang')).toMatchObject({
    code: 1,
    said: expect.stringMatching(/已经绑定为张三/),
  });
  expect(await members('bind', '李书记', 'icq', '1')).toMatchObject({ code: 1 });
  expect((await members('list')).said.split('\n').map((l) => l.split('\t').at(-1))).toEqual([
    '未绑定',
    'wecom-app::zhang',
    '',
  ]);
  expect((await members('remove', '张三')).code).toBe(0);
  expect((await members('list')).said).not.toContain('张三');
  expect((await members('fly')).code).toBe(2);
  writeFileSync(file, '姓名,角色\n王五,神仙');
  expect(await members('import', file)).toMatchObject({
    code: 1,
    said: expect.stringMatching(/第 2 行：不认识角色“神仙”/),
  });
  expect(await command(folder, 'audit', 'verify')).toMatchObject({ code: 0, said: expect.stringMatching(/3 条/) });
}, 60_000);
