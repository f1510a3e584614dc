import { describe, expect, it } from 'vitest';
import { DEMO_MEMBERS } from '../../src/domain/demo-members.ts';
import { type Account, Roster } from '../../src/domain/member.ts';
import { outgoingsOf } from '../../src/office/deliver.ts';
import { aSchool } from './a-school.ts';

const demo = aSchool().school;
const real = { ...demo, id: 'no1', demo: false };
const feishu: Account = { platform: 'feishu', app: 'cli_1', user: 'ou_1', chat: 'oc_1' };
const wecom: Account = { platform: 'wecom-app', app: '1000002', user: 'zhang' };
const rosterWith = (accounts: Readonly<Record<string, readonly Account[]>>) =>
  new Roster(DEMO_MEMBERS.map((m) => ({ ...m, accounts: accounts[m.id] ?? m.accounts })));
const say = (member: string, text = '您好', about?: string) => ({
  to: { member },
  reply: { text },
  ...(about && { about }),
});
const delivery = { school: real, at: 0, key: 'deed:7' };

describe('outgoingsOf', () => {
  it('writes to one account a person: the chat where it is known, else the person', async () => {
    const roster = rosterWith({ dean: [feishu, wecom], teacher: [wecom] });
    const [a, b, c] = await outgoingsOf([say('dean'), say('teacher'), say('union')], roster, delivery);
    expect(a).toMatchObject({ platform: 'feishu', app: 'cli_1', conversation: { kind: 'direct', id: 'oc_1' } });
    expect(b).toMatchObject({ platform: 'wecom-app', conversation: { kind: 'direct', id: 'zhang' } });
    expect(c).toMatchObject({ platform: 'web', conversation: { kind: 'direct', id: 'union' } });
  });
  it('gives the same keys for the same deed and another for each turn, person, deed and school', async () => {
    const roster = rosterWith({});
    const keys = async (d: typeof delivery) =>
      (await outgoingsOf([say('dean'), say('dean'), say('union')], roster, d)).map((o) => o.key);
    const first = await keys(delivery);
    expect(await keys(delivery)).toEqual(first);
    const others = [...(await keys({ ...delivery, key: 'deed:8' })), ...(await keys({ ...delivery, school: demo }))];
    expect(new Set([...first, ...others]).size).toBe(9);
    expect(first.every((k) => k.length <= 50)).toBe(true);
  });
  it('passes on through the office what nobody can be sent, but not what is confidential', async () => {
    const roster = rosterWith({ teacher: [] });
    const sends = await outgoingsOf([say('teacher', '请报进展'), say('teacher', '干部任免', 'J3')], roster, {
      ...delivery,
      isConfidential: (id) => id === 'J3',
    });
    expect(sends.map((o) => o.conversation.id)).toEqual(['office', 'office']);
    expect(sends[0]!.reply.text).toBe('林老师没有绑定账号，收不到下面这条消息，请转告：\n请报进展');
    expect(sends[1]!.reply.text).not.toContain('任免');
  });
  it('leaves out what is nobody’s', async () => {
    expect(await outgoingsOf([say('nobody')], rosterWith({ office: [] }), delivery)).toEqual([]);
  });
  it('finds a group on the platform it names, or on the school’s own', async () => {
    const group = (id: string) => ({ to: { group: id }, reply: { text: '督办' } });
    const [named] = await outgoingsOf([group('feishu:cli_1:oc_9')], rosterWith({}), delivery);
    expect(named).toMatchObject({ platform: 'feishu', app: 'cli_1', conversation: { kind: 'group', id: 'oc_9' } });
    const [own] = await outgoingsOf([group('oc_9')], rosterWith({ dean: [feishu] }), delivery);
    expect(own).toMatchObject({ platform: 'feishu', conversation: { kind: 'group', id: 'oc_9' } });
    const [web] = await outgoingsOf([group('g-committee')], rosterWith({}), { ...delivery, school: demo });
    expect(web).toMatchObject({ platform: 'web', app: 'demo', conversation: { kind: 'group', id: 'g-committee' } });
  });
});
