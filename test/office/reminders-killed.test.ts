import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { ledgersOn } from '../../src/stores/ledger.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { dataFolder } from '../fakes/process.ts';
import { put } from './some-records.ts';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command of ours in a process of its own; with `killAfter`, SIGKILL after so many milliseconds. */
function run(entry: string, folder: string, args: readonly string[], killAfter?: number): Promise<Ran> {
  const child = spawn(process.execPath, ['--no-warnings', join(ROOT, `src/entry/${entry}.ts`), ...args], {
    cwd: ROOT,
    env: { ...process.env, YISHI_DATA: folder },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  const killer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  return new Promise((done) =>
    child.once('close', (code) => {
      clearTimeout(killer);
      done({ code, out, err });
    }),
  );
}

const opened = (folder: string) => sqliteDatabase(join(folder, 'yishi.db'), join(ROOT, 'migrations'));

/** A folder with a sample school that has something to follow up. */
async function aFolder(): Promise<string> {
  const folder = dataFolder();
  const db = opened(folder);
  const ledger = ledgersOn(db).forSchool('demo');
  const { head } = await ledger.show();
  const puts = [put.resolution(), put.resolution({ id: 'J2', owner: 'dean', deadline: '2026-11-25' })];
  const deeds = [{ by: 'office', act: 'adopt-resolution', about: 'J1' }];
  expect(await ledger.commit({ head, at: 0, puts, deeds, sends: [] })).toBe('saved');
  await db.close();
  return folder;
}

async function outbox(folder: string): Promise<string[]> {
  const db = opened(folder);
  const rows = await db.all<{ body: string }>('SELECT body FROM outbox');
  const { fault } = await ledgersOn(db).forSchool('demo').verify();
  await db.close();
  expect(fault).toBeUndefined();
  return rows.map((r) => JSON.parse(r.body).conversation.id as string).toSorted();
}

const AT = ['--at', '2026-12-02T08:30:00+08:00'];

it('a round killed at any moment, with another beside it, leaves one digest for each person', async () => {
  const whole = await aFolder();
  const started = Date.now();
  await run('remind', whole, AT);
  const took = Date.now() - started;
  const expected = await outbox(whole);
  expect(expected).toEqual(['dean', 'g-committee', 'secretary', 'teacher', 'vice_principal']);
  for (let step = 1; step <= 6; step++) {
    const folder = await aFolder();
    await Promise.all([run('remind', folder, AT, (took * step) / 6), run('remind', folder, AT, (took * step) / 7)]);
    const left = await outbox(folder);
    if (left.length > 0) expect(left).toEqual(expected);
    await run('remind', folder, AT);
    expect(await outbox(folder)).toEqual(expected);
  }
}, 120_000);

it('npm run remind says what it sends, and with --dry-run leaves no trace', async () => {
  const folder = await aFolder();
  const dry = JSON.parse((await run('remind', folder, [...AT, '--dry-run', '--json'])).out);
  expect(dry).toMatchObject({ school: 'demo', dryRun: true, day: '2026-12-02', due: 'due' });
  expect(await outbox(folder)).toEqual([]);
  const real = JSON.parse((await run('remind', folder, [...AT, '--json'])).out);
  expect(real.sent).toEqual(dry.sent);
  const again = await run('remind', folder, AT);
  expect(again.out).toContain('没有要发的提醒');
  expect(again.out).toContain('下一次提醒：12月3日 8:00');
  const wrong = await run('remind', folder, ['--at', '2026-12-02 08:30']);
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('2026-12-02T08:30:00+08:00');
}, 60_000);

it('imports a school’s own list of duties, all of it or nothing', async () => {
  const folder = await aFolder();
  const csv = join(folder, 'duties.csv');
  writeFileSync(
    csv,
    '编号,名称,责任人,同时提醒,周期,提前工作日,依据,待核\nP1,消防演练,分管副校长,办公室主任,每半年,10,本校安全制度,是\n',
  );
  const done = await run('school', folder, ['duties', 'import', csv]);
  expect(done.out).toContain('周期工作 1 项');
  const db = opened(folder);
  expect(await ledgersOn(db).forSchool('demo').get('duty', 'P1')).toMatchObject({
    title: '消防演练',
    owner: 'vice_principal',
    others: ['office'],
    every: 'half-year',
    leadDays: 10,
    unverified: true,
  });
  await db.close();
  writeFileSync(csv, '编号,名称,责任人,周期\nP2,防汛检查,张三,每月\nP3,例会,书记,每旬\n');
  const wrong = await run('school', folder, ['duties', 'import', csv]);
  expect(wrong.code).toBe(1);
  expect(wrong.err).toContain('第3行 every');
}, 60_000);
