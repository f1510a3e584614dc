import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ROOT } from '../../../src/entry/knowledge/compiled.ts';
import { matchMembers } from '../../../src/entry/match-members.ts';
import { membersCommand } from '../../../src/entry/members.ts';
import { importMembers } from '../../../src/office/members/keep-members.ts';
import { ledgersOn } from '../../../src/stores/ledger.ts';
import { sqliteDatabase } from '../../../src/stores/sqlite.ts';

let folder: string;
const said = vi.fn<(line: string) => void>();
const database = () => sqliteDatabase(join(folder, 'yishi.db'), join(ROOT, 'migrations'));
const people = [{ user: 'zhangsan', name: '张三' }];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yishi-'));
  vi.stubEnv('YISHI_DATA', folder);
  vi.stubEnv('YISHI_SCHOOL', 's1');
  vi.spyOn(console, 'log').mockImplementation(said);
  const db = database();
  const ledger = ledgersOn(db).forSchool('s1');
  const shown = await ledger.show();
  const row = { name: '张三', title: '教师', roles: ['teacher' as const], bodies: [], accounts: [] };
  const made = importMembers(shown, [row], 'list');
  if ('faults' in made) throw new Error(made.faults.join());
  await ledger.commit({ head: shown.head, at: 1, puts: made.puts, deeds: [made.deed], sends: [] });
  await db.close();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  said.mockReset();
});

it('writes who seems to be whom, and what the office confirms in it is bound', async () => {
  const file = join(folder, 'wecom-members.csv');
  await matchMembers('企业微信', people, file, 'npm run wecom -- members');
  expect(said.mock.calls.join('\n')).toContain(`npm run school -- members bind ${file}`);
  writeFileSync(file, readFileSync(file, 'utf8').replace('"","m1"', '"是","m1"'));
  const db = database();
  const ledger = ledgersOn(db).forSchool('s1');
  expect(await membersCommand(['bind', file], ledger)).toBe(true);
  expect((await ledger.show()).records.member.get('m1')?.accounts).toHaveLength(2);
  await db.close();
});

it('does not write over a table in which somebody may have confirmed already', async () => {
  const file = join(folder, 'members.csv');
  await matchMembers('飞书', people, file, 'npm run feishu -- members');
  const before = readFileSync(file, 'utf8');
  await expect(matchMembers('飞书', [], file, 'npm run feishu -- members')).rejects.toThrow(/已经有了/);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

it('leaves the sample school alone', async () => {
  vi.stubEnv('YISHI_SCHOOL', 'demo');
  await expect(matchMembers('飞书', people, join(folder, 'x.csv'), 'npm run feishu -- members')).rejects.toThrow(
    /YISHI_SCHOOL=my-school npm run feishu -- members/,
  );
});
