import { expect, it } from 'vitest';
import type { Account, Member } from '../../../src/domain/member.ts';
import { readTaskTable } from '../../../src/documents/tables/read.ts';
import { bindingsTable, readBindings } from '../../../src/office/members/bindings-table.ts';
import type { Directory } from '../../../src/office/members/directories.ts';
import { matchPeople } from '../../../src/office/members/match-people.ts';

const member = (id: string, name: string, accounts: readonly Account[] = []): Member => ({
  id,
  name,
  title: '教师',
  roles: ['teacher'],
  bodies: [],
  accounts,
});
const match = (members: Member[], people: [string, string][], directory: Directory = '飞书') => {
  const matched = matchPeople(
    members,
    people.map(([user, name]) => ({ user, name })),
    directory,
  );
  const { matches, bound, missing, strangers } = matched;
  return {
    matched,
    pairs: matches.map((m) => `${m.member.id} ${m.person.user} ${m.kind}`),
    others: [bound.map((m) => m.id), missing.map((m) => m.id), strangers.map((p) => p.user)],
  };
};
const read = async (text: string | Uint8Array<ArrayBuffer>) => {
  const table = await readTaskTable(typeof text === 'string' ? new TextEncoder().encode(text) : text, 'members.csv');
  if (table.kind === 'refused') throw new Error(table.message);
  return readBindings(table);
};
const feishu = (user: string): Account => ({ platform: 'feishu', app: '', user });

it('finds whoever has the one and only name on both sides', () => {
  const { pairs, others } = match(
    [member('m1', '周 书记'), member('m2', '郑校长', [feishu('ou_2')]), member('m6', '沈主席'), member('m7', '郑小明')],
    [
      ['ou_1', '周书记'],
      ['ou_2', '郑小明'],
      ['ou_9', '孙七'],
    ],
  );
  expect(pairs).toEqual(['m1 ou_1 same-name']);
  expect(others).toEqual([['m2'], ['m6', 'm7'], ['ou_9']]);
});

it('leaves namesakes, and names with a remark, to the office', () => {
  const members = [
    member('m1', '林老师'),
    member('m2', '唐老师'),
    member('m3', '唐老师'),
    member('m4', '李四（初一）'),
  ];
  const { pairs } = match(members, [
    ['ou_1', '林老师'],
    ['ou_2', '林老师'],
    ['ou_3', '唐老师'],
    ['ou_4', '李四'],
  ]);
  expect(pairs).toEqual([
    'm1 ou_1 unclear',
    'm1 ou_2 unclear',
    'm2 ou_3 unclear',
    'm3 ou_3 unclear',
    'm4 ou_4 unclear',
  ]);
});

it('finds the other half of somebody bound to one of WeCom’s two apps, whatever the name', () => {
  const half: Account = { platform: 'wecom-app', app: '', user: 'zhangsan' };
  const both = [half, { ...half, platform: 'wecom-aibot' as const }];
  expect(match([member('m1', '张三', [half])], [['zhangsan', '三儿']], '企业微信').pairs).toEqual(['m1 zhangsan rest']);
  expect(match([member('m1', '张三', both)], [['zhangsan', '张三']], '企业微信').pairs).toEqual([]);
});

it('is a table in which nobody is confirmed, and names from outside are no formulas', async () => {
  const { matched } = match(
    [member('m1', '周书记'), member('m2', '=cmd,"x"'), member('m3', '沈主席')],
    [
      ['ou_1', '周书记'],
      ['ou_2', '=cmd,"x"'],
      ['ou_9', '孙七'],
    ],
  );
  const table = bindingsTable(matched, '飞书');
  expect(table).toContain(`"'=cmd,""x"""`);
  expect(table).toMatch(/沈主席.*通讯录里没有[\s\S]*孙七.*名册里没有/);
  expect(await read(table)).toEqual({ rows: [], faults: [] });
  const confirmed = table.replace('"","m2"', '是,"m2"').replace('"","","","","飞书","孙七"', '是,,沈主席,,飞书,孙七');
  expect(await read(confirmed)).toEqual({
    rows: [
      { member: 'm2', accounts: [feishu('ou_2')] },
      { member: '沈主席', accounts: [feishu('ou_9')] },
    ],
    faults: [],
  });
});

it('keeps the zeros before a number, which Excel would drop', async () => {
  const { matched } = match([member('m1', '张三')], [['001234', '张三']], '企业微信');
  const table = bindingsTable(matched, '企业微信');
  expect(table).toContain('"\t001234"');
  const { rows } = await read(table.replace('"","m1"', '"√","m1"'));
  expect(rows[0]!.accounts).toEqual([
    { platform: 'wecom-app', app: '', user: '001234' },
    { platform: 'wecom-aibot', app: '', user: '001234' },
  ]);
});

it('is read as Excel saves it in Chinese, with tabs as WPS does, and what cannot be read is told by its row', async () => {
  // “确认,成员编号,平台,平台账号 / 是,m1,飞书,ou_1” in GBK.
  const gbk = Uint8Array.from(
    Buffer.from('c8b7c8cf2cb3c9d4b1b1e0bac52cc6bdcca82cc6bdcca8d5cbbac50d0acac72c6d312cb7c9cae92c6f755f310d0a', 'hex'),
  );
  expect(await read(gbk)).toEqual({ rows: [{ member: 'm1', accounts: [feishu('ou_1')] }], faults: [] });
  const head = '确认\t成员编号\t平台\t平台账号\n';
  expect(await read(`${head}是\tm1\t飞书\tou_1\n大概\tm2\t飞书\tou_2\n是\tm3\t飞书\t\n是\tm4\tQQ\t1`)).toEqual({
    rows: [{ member: 'm1', accounts: [feishu('ou_1')] }],
    faults: [
      expect.stringMatching(/第 3 行.*请写是/),
      expect.stringMatching(/第 4 行.*没有写/),
      expect.stringMatching(/第 5 行.*飞书或企业微信/),
    ],
  });
  expect((await read('姓名,账号\n张三,ou_1')).faults).toEqual([expect.stringContaining('确认、成员编号')]);
});
