import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ROOT } from '../../../src/entry/knowledge/compiled.ts';
import { membersCommand } from '../../../src/entry/members.ts';
import { importMembers } from '../../../src/office/members/keep-members.ts';
import type { SchoolLedger } from '../../../src/ports/ledger.ts';
import { ledgersOn } from '../../../src/stores/ledger.ts';
import { sqliteDatabase } from '../../../src/stores/sqlite.ts';

let folder: string;
let ledger: SchoolLedger;
const errors: string[] = [];
const teacher = (name: string) => ({ name, title: '教师', roles: ['teacher' as const], bodies: [], accounts: [] });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yishi-'));
  ledger = ledgersOn(sqliteDatabase(':memory:', join(ROOT, 'migrations'))).forSchool('s1');
  const shown = await ledger.show();
  const made = importMembers(shown, [teacher('张三'), teacher('李四')], 'list');
  if ('faults' in made) throw new Error(made.faults.join());
  await ledger.commit({ head: shown.head, at: 1, puts: made.puts, deeds: [made.deed], sends: [] });
  errors.length = 0;
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation((line: string) => void errors.push(line));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
});

const bind = (...rows: string[]) => {
  const file = join(folder, 'members.csv');
  writeFileSync(file, ['确认,成员编号,姓名,平台,平台账号', ...rows].join('\n'));
  return membersCommand(['bind', file], ledger);
};
const accountsOf = async (name: string) =>
  [...(await ledger.show()).records.member.values()]
    .find((m) => m.name === name)!
    .accounts.map((a) => `${a.platform} ${a.user}`);

it('binds those the office has confirmed, to all that know them by the id, and nobody else', async () => {
  expect(await bind('是,m1,张三,企业微信,ZhangSan', ',m2,李四,企业微信,lisi')).toBe(true);
  expect(await accountsOf('张三')).toEqual(['wecom-app zhangsan', 'wecom-aibot zhangsan']);
  expect(await accountsOf('李四')).toEqual([]);
});

it('can be run again after more are confirmed', async () => {
  await bind('是,m1,张三,飞书,ou_1');
  expect(await bind('是,m1,张三,飞书,ou_1', '是,m2,李四,飞书,ou_2')).toBe(true);
  expect([await accountsOf('张三'), await accountsOf('李四')]).toEqual([['feishu ou_1'], ['feishu ou_2']]);
});

it('binds the others when one row cannot be, and says why', async () => {
  expect(await bind('是,m9,王五,飞书,ou_9', '是,m1,张三,飞书,ou_1', '是,m2,李四,飞书,ou_1')).toBe(false);
  expect([await accountsOf('张三'), await accountsOf('李四')]).toEqual([['feishu ou_1'], []]);
  expect(errors).toEqual([expect.stringContaining('m9'), expect.stringContaining('一个账号只能是一个人')]);
});

it('binds nobody where a row cannot be read, or none is confirmed', async () => {
  expect(await bind('是,m1,张三,飞书,ou_1', '是,m2,李四,微信,lisi')).toBe(false);
  expect(await bind(',m1,张三,飞书,ou_1')).toBe(false);
  expect(await accountsOf('张三')).toEqual([]);
  expect(errors).toEqual([
    expect.stringContaining('第 3 行'),
    expect.stringContaining('没有绑定'),
    expect.stringContaining('没有绑定任何人'),
  ]);
});
