import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMO_MEMBERS } from '../../../src/domain/demo-members.ts';
import type { Account, Member } from '../../../src/domain/member.ts';
import { Roster } from '../../../src/domain/member.ts';
import { readTaskTable } from '../../../src/documents/tables/read.ts';
import { confirmBinding } from '../../../src/office/members/bind.ts';
import { MEMBER_COMMANDS } from '../../../src/office/members/commands.ts';
import { bindAccount, importMembers, removeMember } from '../../../src/office/members/keep-members.ts';
import { readMembers } from '../../../src/office/members/member-table.ts';
import { rosterOf } from '../../../src/office/members/roster.ts';
import { sameAccount, unboundMember, unboundNamed } from '../../../src/office/members/unbound.ts';
import { Refusal } from '../../../src/office/refusal.ts';
import { Scene } from '../../../src/office/scene.ts';
import type { Put } from '../../../src/ports/ledger.ts';
import { aSchool } from '../a-school.ts';

const account = (user: string, app = 'cli'): Account => ({ platform: 'feishu', app, user, chat: `oc_${user}` });
const [bind, confirm, refuse] = MEMBER_COMMANDS;

/** A real school: its people are in the register, the office is bound. */
function school(people: readonly Partial<Member>[] = [{ name: '张三' }]) {
  const office = {
    id: 'm1',
    name: '方主任',
    title: '办公室主任',
    roles: ['office'],
    bodies: [],
    accounts: [account('office')],
  } as const;
  const members: Member[] = [
    office,
    ...people.map((p, i): Member => ({
      id: `m${i + 2}`,
      name: '',
      title: '教师',
      roles: ['teacher'],
      bodies: [],
      accounts: [],
      ...p,
    })),
  ];
  const s = aSchool({ school: { demo: false }, members });
  s.settle(members.map((record): Put => ({ kind: 'member', record, open: true })));
  /** Runs as whoever the account is by the register as it stands. */
  const as = (by: Account, command: typeof bind, words: string) => {
    const roster = rosterOf(s.shown(), { demo: false });
    const who = roster.byAccount(by.platform, by.app, by.user) ?? unboundMember(by);
    const scene = new Scene({ ...s.setting('m1'), roster, by: who });
    const reply = command!.run(scene, { words, values: {} });
    s.settle(scene.puts);
    return { reply, scene };
  };
  const member = (id: string) => s.shown().records.member.get(id)!;
  return { as, member, shown: s.shown };
}
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'done';
};

describe('binding an account', () => {
  it('asks the office with two buttons, and binds when it confirms; both sides are told', () => {
    const { as, member } = school();
    const asked = as(account('zhang'), bind, '张三');
    expect(asked.reply.text).toContain('方主任');
    expect(member('m2').accounts).toEqual([]);
    const [telling] = asked.scene.tellings;
    expect(telling!.to).toEqual({ member: 'm1' });
    const [yes] = telling!.reply.card!.actions;
    const done = as(account('office'), confirm, yes!.id.replace('/确认绑定 ', ''));
    expect(member('m2').accounts).toEqual([account('zhang')]);
    expect(member('m2').claims).toBeUndefined();
    const [told] = done.scene.tellings;
    expect(unboundNamed((told!.to as { member: string }).member)!.accounts).toEqual([account('zhang')]);
    expect(told!.reply.text).toContain('张三');
    expect(done.scene.deeds).toMatchObject([{ by: 'm1', act: 'bind-account', about: 'm2' }]);
    expect(as(account('zhang'), bind, '张三').reply.text).toContain('已经绑定');
  });

  it('tells a wrong claimant when it is refused, and does not ask the office about that account again', () => {
    const { as, member } = school();
    const no = as(account('fraud'), bind, '张三').scene.tellings[0]!.reply.card!.actions[1]!;
    const done = as(account('office'), refuse, no.id.replace('/拒绝绑定 ', ''));
    expect(done.scene.tellings[0]!.reply.text).toMatch(/没有认可/);
    expect(member('m2').accounts).toEqual([]);
    expect(codeOf(() => as(account('fraud'), bind, '张三'))).toBe('refused');
    expect(codeOf(() => as(account('office'), confirm, no.id.replace('/拒绝绑定 ', '')))).toBe('no-claim');
    expect(codeOf(() => as(account('zhang'), bind, '张三'))).toBe('done');
  });

  it('lets nobody but the office confirm, not even the claimant', () => {
    const { as, member } = school([{ name: '张三' }, { name: '李四', accounts: [account('li')] }]);
    const yes = as(account('zhang'), bind, '张三').scene.tellings[0]!.reply.card!.actions[0]!;
    const words = yes.id.replace('/确认绑定 ', '');
    for (const who of ['zhang', 'li', 'stranger'])
      expect(codeOf(() => as(account(who), confirm, words))).toBe('not-yours');
    expect(member('m2').accounts).toEqual([]);
  });

  it('asks the office once however often it is pressed, and of one name only so many accounts', () => {
    const { as } = school();
    expect(codeOf(() => as(account('a0'), bind, '张三'))).toBe('done');
    expect(codeOf(() => as(account('a0'), bind, '张三'))).toBe('asked');
    for (const n of [1, 2, 3, 4]) expect(codeOf(() => as(account(`a${n}`), bind, '张三'))).toBe('done');
    expect(codeOf(() => as(account('a5'), bind, '张三'))).toBe('too-many');
  });

  it('says so where no name is given, nobody bears it, or two do', () => {
    const { as } = school([{ name: '张三' }, { name: '张三' }]);
    expect(codeOf(() => as(account('x'), bind, ' '))).toBe('no-name');
    expect(codeOf(() => as(account('x'), bind, '王五'))).toBe('unknown-member');
    expect(codeOf(() => as(account('x'), bind, '张三'))).toBe('several');
  });

  it('warns the older account of a new one', () => {
    const { as } = school([{ name: '张三', accounts: [account('old')] }]);
    const asked = as(account('new'), bind, '张三').scene.tellings[0]!.reply;
    expect(JSON.stringify(asked.card)).toContain('old');
    const done = as(account('office'), confirm, asked.card!.actions[0]!.id.replace('/确认绑定 ', ''));
    expect(done.scene.tellings.find((t) => 'member' in t.to && t.to.member === 'm2')!.reply.text).toMatch(
      /如果不是您本人/,
    );
  });

  it('sends whoever is first to the operator, with the line to run', () => {
    const s = aSchool({
      school: { demo: false },
      members: [DEMO_MEMBERS[6]!, DEMO_MEMBERS[8]!].map((m) => ({ ...m, accounts: [] })),
    });
    const scene = new Scene({ ...s.setting('office'), by: unboundMember(account('fang')) });
    expect(() => bind!.run(scene, { words: '方主任', values: {} })).toThrow(/members bind office feishu fang/);
    expect(scene.puts).toEqual([]);
  });

  it('binds an account that asked under two names to the one confirmed first', () => {
    const { as, member } = school([{ name: '张三' }, { name: '李四' }]);
    as(account('x'), bind, '张三');
    as(account('x'), bind, '李四');
    as(account('office'), confirm, 'm3 feishu:cli:x');
    expect(codeOf(() => as(account('office'), confirm, 'm2 feishu:cli:x'))).toBe('bound-elsewhere');
    expect([member('m2').accounts, member('m3').accounts]).toEqual([[], [account('x')]]);
  });

  it('never makes one account two members’, whatever is asked, confirmed and refused in any order', () => {
    const people = [{ name: '张三' }, { name: '李四' }, { name: '王五' }];
    const step = fc.tuple(fc.constantFrom('ask', 'yes', 'no'), fc.nat(2), fc.nat(2));
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 40 }), (steps) => {
        const { as, shown } = school(people);
        for (const [what, person, user] of steps) {
          const words = what === 'ask' ? people[person]!.name : `m${person + 2} feishu:cli:u${user}`;
          const by = what === 'ask' ? account(`u${user}`) : account('office');
          codeOf(() => as(by, what === 'ask' ? bind : what === 'yes' ? confirm : refuse, words));
          const all = [...shown().records.member.values()].flatMap((m) => m.accounts);
          expect(all.filter((a, i) => all.some((b, j) => i < j && sameAccount(a, b)))).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('confirms nothing that was not asked for', () => {
    const { as } = school();
    expect(codeOf(() => as(account('office'), confirm, 'm2 feishu:cli:anyone'))).toBe('no-claim');
    expect(codeOf(() => as(account('office'), confirm, ''))).toBe('no-claim');
    expect(confirmBinding).toBe(confirm!.run);
  });
});

describe('the list of members', () => {
  const read = async (csv: string) => {
    const table = await readTaskTable(new TextEncoder().encode(csv), '名册.csv');
    if (table.kind === 'refused') throw new Error(table.message);
    return readMembers(table);
  };
  const HEAD = '姓名,职务,角色,部门,党组织班子,行政班子,分管部门,飞书,企业微信';

  it('is read as schools write it', async () => {
    const { rows, faults } = await read(
      `某校教职工名册\n${HEAD}\n李书记,党委书记,书记,,是,否,,ou_li,\n王副,副校长,副校长,,委员,√,总务处、教务处,,Wang\n钱老师,,,语文组,,,,,`,
    );
    expect(faults).toEqual([]);
    expect(rows).toMatchObject([
      { name: '李书记', title: '党委书记', roles: ['secretary'], bodies: ['party'], accounts: [{ user: 'ou_li' }] },
      {
        name: '王副',
        bodies: ['party', 'principal'],
        inChargeOf: ['总务处', '教务处'],
        accounts: [{ user: 'wang' }, { user: 'wang' }],
      },
      { name: '钱老师', title: '教师', roles: ['teacher'], bodies: [], department: '语文组', accounts: [] },
    ]);
  });

  it('names every fault by its row, and invents no role and no seat', async () => {
    const { faults } = await read(
      `${HEAD}\n张三,,董事长,,是,,,,\n,校长,校长,,,,,,\n李四,,,,大概,,,ou_1,\n王五,,,,,,,ou_1,\n王五,,,,,,,,`,
    );
    expect(faults).toEqual([
      expect.stringMatching(/^第 2 行：不认识角色“董事长”/),
      '第 3 行：没有写姓名',
      expect.stringMatching(/^第 4 行：“党组织班子”一栏请写是或否/),
      expect.stringMatching(/^王五有 2 行/),
      expect.stringMatching(/^李四和王五写了同一个账号/),
    ]);
    expect((await read('名字没有,a\n1,2')).faults[0]).toMatch(/没有找到“姓名”一列/);
  });

  it('keeps ids and accounts when it comes again, writes only what changed, and throws nobody out', async () => {
    const first = aSchool({ members: [] });
    const { rows } = await read(`${HEAD}\n张三,,,,,,,ou_1,\n李四,校长,校长,,是,是,,,`);
    const one = importMembers(first.shown(), rows, 'a.csv');
    if ('faults' in one) throw new Error(one.faults.join());
    first.settle(one.puts);
    const bound = bindAccount(first.shown(), '李四', account('li'));
    if ('faults' in bound) throw new Error(bound.faults.join());
    first.settle(bound.puts);
    const again = importMembers(
      first.shown(),
      (await read(`${HEAD}\n李四,书记兼校长,书记、校长,,是,是,,,\n赵六,,,,,,,,`)).rows,
      'b.csv',
    );
    if ('faults' in again) throw new Error(again.faults.join());
    expect(again.puts.map((p) => p.record.id)).toEqual(['m2', 'm3', 'member']);
    expect(again.puts[0]!.record).toMatchObject({ roles: ['secretary', 'principal'], accounts: [account('li')] });
    expect(again.lines.join()).toMatch(/仍留在名册上：张三/);
    first.settle(again.puts);
    const same = importMembers(
      first.shown(),
      (await read(`${HEAD}\n李四,书记兼校长,书记、校长,,是,是,,,`)).rows,
      'c.csv',
    );
    expect(same).toMatchObject({ puts: [] });
    expect(importMembers(first.shown(), (await read(`${HEAD}\n新人,,,,,,,ou_1,`)).rows, 'd.csv')).toHaveProperty(
      'faults',
    );
  });

  it('lets nobody act who has left', async () => {
    const s = aSchool({ members: [] });
    const member: Member = { id: 'm1', name: '张三', title: '', roles: [], bodies: [], accounts: [account('z')] };
    s.settle([{ kind: 'member', record: member, open: true }]);
    const gone = removeMember(s.shown(), '张三');
    expect(gone).toMatchObject({ puts: [{ open: false, record: { accounts: [] } }] });
    expect(removeMember(s.shown(), '李四')).toHaveProperty('faults');
  });
});

it('gives the sample school its own people, and any other those in its register', () => {
  const s = aSchool();
  const member: Member = { id: 'm1', name: '张三', title: '', roles: [], bodies: [], accounts: [] };
  s.settle([{ kind: 'member', record: member, open: true }]);
  expect(rosterOf(s.shown(), { demo: true }).all).toEqual(DEMO_MEMBERS);
  expect(rosterOf(s.shown(), { demo: false })).toEqual(new Roster([member]));
});

it('gives an account back from the id of somebody unbound, whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 1 }), (app, user) => {
      const by = unboundMember({ platform: 'wecom-app', app, user });
      expect(unboundNamed(by.id)!.accounts).toEqual(by.accounts);
      expect(unboundNamed('m1')).toBeUndefined();
    }),
  );
});
