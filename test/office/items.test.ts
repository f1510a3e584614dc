import { describe, expect, it } from 'vitest';
import { openGates } from '../../src/domain/agenda-item.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import { afterMeeting } from '../../src/office/items/advance.ts';
import { ITEM_COMMANDS } from '../../src/office/items/commands.ts';
import { Scene } from '../../src/office/scene.ts';
import { aSchool } from './a-school.ts';

const command = (name: string) => ITEM_COMMANDS.find((c) => c.name === name)!;
const FORM = {
  proposal: '公开招标选择新的承包单位',
  affected: '全校学生1200人',
  risk: '食品安全风险；签约前查验许可证',
  fund_source: '伙食费专户',
  in_budget: '预算内',
  procurement_mode: '公开招标',
  opinions: '家委会同意更换',
};

function drafted() {
  const school = aSchool();
  const say = (member: string, name: string, words = '', values = {}, place?: 'group' | 'direct') =>
    school.run(command(name), member, words, values, place);
  const first = say('teacher', '议题', '更换食堂承包商 预算60万');
  const item = () => school.shown().records.item.get('Y1')!;
  return { school, say, first, item };
}

/** Closes everything before the principal's office meeting. */
function prepared(d = drafted()) {
  d.say('teacher', '补充', 'Y1', FORM);
  d.say('teacher', '提交', 'Y1');
  d.say('office', '审核', 'Y1 同意');
  d.say('vice_principal', '审核', 'Y1 同意');
  for (const g of openGates(d.item()).filter((g) => g.code !== 'chair'))
    d.say(g.code === 'discipline' ? 'discipline' : 'office', '前置', `Y1 ${g.code} 材料1`);
  return d;
}

describe('raising an agenda item', () => {
  it('drafts it from a sentence, with the ruling, the bodies and the question worded', () => {
    const { first, item } = drafted();
    expect(first.refused).toBeUndefined();
    expect(item()).toMatchObject({
      title: '关于更换食堂承包商的请示',
      state: 'draft',
      matter: { id: 'canteen-operation-mode' },
      ruling: { decider: 'principal_then_party' },
      legs: [
        { body: 'principal', act: 'studies' },
        { body: 'party', act: 'decides' },
      ],
    });
    expect(item().fields).toMatchObject({
      amount: '600000',
      decision_asked: '请审议是否同意更换食堂承包商（金额60万元）',
    });
  });

  it('asks for what the form lacks on one screen and is not submitted before', () => {
    const { first, say } = drafted();
    const form = first.reply.card!.actions.find((a) => a.id === '/补充 Y1')!;
    expect(form.fields!.map((f) => f.name)).toContain('proposal');
    expect(say('teacher', '提交', 'Y1').refused).toBe('incomplete');
  });

  it('asks one question where the rules cannot yet say, and the choice goes on from there', () => {
    const school = aSchool();
    const ran = school.run(command('议题'), 'dean', '买一批电脑');
    const choice = ran.reply.card!.actions[0]!;
    expect(choice.fields!.map((f) => f.name)).toEqual(['amount']);
    expect(school.shown().records.item.size).toBe(0);
    school.run(command('议题'), 'dean', choice.id.replace('/议题', ''), { amount: '80000' });
    expect(school.shown().records.item.get('Y1')).toMatchObject({
      fields: { amount: '80000', decision_asked: '请审议是否同意买一批电脑（金额8万元）' },
      ruling: { decider: 'principal_then_party', large: true },
    });
  });

  it('words a thing that is only named as a matter to be dealt with', () => {
    const school = aSchool();
    school.run(command('议题'), 'teacher', '把校服的事提上会');
    expect(school.shown().records.item.get('Y1')).toMatchObject({
      title: '关于校服有关事项的请示',
      fields: { decision_asked: '请审议是否同意校服有关事项的建议方案' },
    });
  });

  it('shows what is already on its way instead of drafting it twice', () => {
    const school = aSchool();
    school.run(command('议题'), 'teacher', '更换食堂承包商 预算60万');
    const second = school.run(command('议题'), 'teacher2', '更换食堂承包商');
    expect(second.refused).toBe('same-item');
    const again = second.reply.card!.actions.find((a) => a.label.includes('另起'))!;
    expect(school.run(command('议题'), 'teacher2', again.id.replace('/议题', '')).refused).toBeUndefined();
    expect(school.shown().records.item.size).toBe(2);
  });

  it('takes up the message it was given in reply to, as material and never as a command', () => {
    const school = aSchool();
    const quoted = '家委会来信：饭菜品种少\n资金来源：伙食费专户\n/撤回 Y1 不要了';
    const ran = school.ask(command('议题'), 'teacher', { words: '更换食堂承包商 预算60万', values: {}, quoted });
    expect(ran.refused).toBeUndefined();
    const item = school.shown().records.item.get('Y1')!;
    expect(item).toMatchObject({ state: 'draft', fields: { fund_source: '伙食费专户' } });
    expect(item.fields['background']).toContain('饭菜品种少');
  });

  it('makes no item of what is forbidden or needs no meeting', () => {
    const school = aSchool();
    expect(school.run(command('议题'), 'dean', '寒假集体补课收费').refused).toBe('prohibited');
    expect(school.run(command('议题'), 'dean', '').refused).toBeUndefined();
  });

  it('moves a confidential matter out of the group at once', () => {
    const school = aSchool();
    const ran = school.run(command('议题'), 'office', '给一名教师师德失范处分', {}, 'group');
    expect(ran.reply.text).toBe('这件事不在群里说，已经私聊您。');
    expect(ran.reply.card).toBeUndefined();
    expect(ran.scene.tellings.filter((t) => 'member' in t.to && t.to.member === 'office')).toHaveLength(1);
    const listed = school.run(command('议题'), 'office', '', {}, 'group');
    expect(JSON.stringify(listed.reply)).not.toContain('师德');
  });
});

describe('the gates before a meeting', () => {
  it('are reviewed by the department first, then by the leader in charge', () => {
    const d = drafted();
    d.say('teacher', '补充', 'Y1', FORM);
    d.say('teacher', '提交', 'Y1');
    expect(d.say('vice_principal', '审核', 'Y1 同意').refused).toBe('department-first');
    expect(d.say('teacher2', '审核', 'Y1 同意').refused).toBe('not-yours');
    expect(d.say('office', '审核', 'Y1 同意').refused).toBeUndefined();
    expect(d.say('vice_principal', '审核', 'Y1 同意').refused).toBeUndefined();
    expect(d.say('teacher', '修改', 'Y1 金额：1').refused).toBe('locked');
  });

  it('need evidence, and the rule table’s own steps cannot be waived by just anybody', () => {
    const d = drafted();
    d.say('teacher', '补充', 'Y1', FORM);
    d.say('teacher', '提交', 'Y1');
    expect(d.say('office', '前置', 'Y1 parents').refused).toBe('no-evidence');
    expect(d.say('office', '前置', 'Y1 parents 无需 不涉及').refused).toBe('not-yours');
    expect(d.say('vice_principal', '前置', 'Y1 expert 无需 方式不变').refused).toBeUndefined();
    expect(d.say('vice_principal', '前置', 'Y1 deputies 无需 x').refused).toBe('own-command');
  });

  it('let the chair agree only when nothing else is open', () => {
    const d = drafted();
    d.say('teacher', '补充', 'Y1', FORM);
    d.say('teacher', '提交', 'Y1');
    expect(d.say('principal', '确定', 'Y1').refused).toBe('open-gates');
    prepared(d);
    expect(d.say('principal', '确定', 'Y1').refused).toBeUndefined();
    expect(d.item().state).toBe('ready');
  });
});

describe('the talk of secretary and principal', () => {
  /** At the Party leg. */
  function atParty(school?: Parameters<typeof aSchool>[0]) {
    const s = aSchool(school);
    const say = (member: string, name: string, words = '', values = {}) => s.run(command(name), member, words, values);
    say('dean', '议题', '讨论决定学校党建工作年度计划');
    const item = () => s.shown().records.item.get('Y1')!;
    expect(item().legs[0]).toMatchObject({ body: 'party' });
    say('dean', '补充', 'Y1', FORM);
    say('dean', '提交', 'Y1');
    for (const m of ['dean', 'office', 'vice_principal']) say(m, '审核', 'Y1 同意');
    return { say, item };
  }

  it('is closed when both have confirmed', () => {
    const { say, item } = atParty();
    const gate = () => item().gates.find((g) => g.code === 'sp_talk')!;
    say('secretary', '沟通', 'Y1 无重大分歧');
    expect(gate().state).toBe('open');
    expect(say('dean', '沟通', 'Y1 无重大分歧').refused).toBe('not-yours');
    expect(say('office', '沟通', 'Y1 无重大分歧').refused).toBe('no-evidence');
    say('principal', '沟通', 'Y1 无重大分歧');
    expect(gate().state).toBe('passed');
  });

  it('defers the item when views differ, and starts anew after that', () => {
    const { say, item } = atParty();
    say('principal', '沟通', 'Y1 无重大分歧');
    expect(say('secretary', '沟通', 'Y1 有分歧暂缓 11月20日').refused).toBe('past-day');
    say('secretary', '沟通', 'Y1 有分歧暂缓 11月30日');
    expect(item()).toMatchObject({ state: 'deferred', talkAgainOn: '2026-11-30' });
    expect(say('secretary', '确定', 'Y1').refused).toBe('deferred');
    say('secretary', '沟通', 'Y1 无重大分歧');
    expect(item().state).toBe('preparing');
    expect(item().gates.find((g) => g.code === 'sp_talk')!.state).toBe('open');
    say('principal', '沟通', 'Y1 无重大分歧');
    expect(item().gates.find((g) => g.code === 'sp_talk')!.state).toBe('passed');
  });

  it('is with three others where one person holds both offices', () => {
    const { say, item } = atParty({ school: { dualRole: true } });
    for (const m of ['secretary', 'deputy_secretary', 'vice_principal']) say(m, '沟通', 'Y1 无重大分歧');
    expect(item().gates.find((g) => g.code === 'sp_talk')!.state).toBe('open');
    say('discipline', '沟通', 'Y1 无重大分歧');
    expect(item().gates.find((g) => g.code === 'sp_talk')!.state).toBe('passed');
  });

  it('members are consulted one by one; a major difference defers', () => {
    const { say, item } = atParty();
    const whom = item().gates.find((g) => g.code === 'members')!.whom!;
    expect(whom).toEqual(['deputy_secretary', 'vice_principal', 'discipline']);
    say('discipline', '酝酿', 'Y1 有重大分歧');
    expect(item().state).toBe('deferred');
    for (const m of ['secretary', 'principal']) say(m, '沟通', 'Y1 无重大分歧');
    for (const m of whom) say(m, '酝酿', 'Y1 同意');
    expect(item().gates.find((g) => g.code === 'members')!.state).toBe('passed');
    expect(say('discipline', '酝酿', 'Y1 同意').refused).toBe('gate-closed');
  });
});

describe('what people really type', () => {
  const raised = (words: string, member = 'dean') => {
    const school = aSchool();
    const ran = school.run(command('议题'), member, words);
    return { ran, item: school.shown().records.item.get('Y1') };
  };

  it('keeps a price that is no budget, drops where the money comes from and the question asked', () => {
    expect(raised('课后服务收费标准调到每生每学期600元').item?.title).toBe(
      '关于课后服务收费标准调到每生每学期600元的请示',
    );
    expect(raised('采购80台电脑 预算45万，预算内').item?.title).toBe('关于采购80台电脑的请示');
    expect(raised('换校服要上会吗？').item?.title).toBe('关于换校服的请示');
    expect(raised('组织家长开会').ran.reply.text).not.toContain('关于组织家长的');
  });

  it('words an English request in Chinese, with its budget', () => {
    const { item } = raised('replace the canteen contractor, budget 600000', 'office');
    expect(item).toMatchObject({ title: '关于食堂经营方式与承包单位的请示', fields: { amount: '600000' } });
    expect(item!.gates.every((g) => /[\u4e00-\u9fff]/.test(g.name))).toBe(true);
    expect(item!.fields['background']).toContain('replace the canteen contractor');
  });

  it('offers each of several matters with its own words only', () => {
    const { ran } = raised('更换食堂承包商，再招一名编外保安，还要处分一名老师', 'principal');
    expect(ran.reply.card!.actions.map((a) => a.id.replace(/\{.*\} /, ''))).toEqual([
      '/议题 更换食堂承包商',
      '/议题 招一名编外保安',
      '/议题 处分一名老师',
    ]);
  });

  it('names no minor in the title or the question of an item', () => {
    const { item } = raised('给予张三记过处分');
    expect(item!.title).not.toContain('张三');
    expect(item!.fields['decision_asked']).not.toContain('张三');
  });

  it('has an emergency dealt with before any meeting', () => {
    const { ran } = raised('食堂发生食物中毒');
    expect(ran.refused).toBe('act-first');
    expect(ran.reply.text.split('\n')[0]).toBe('先处置、先报告，不要等开会。');
  });

  it('reads amounts and labels as people write them, and the question for the meeting follows', () => {
    const { say, item } = drafted();
    say('teacher', '修改', 'Y1 金额 ４８万元');
    expect(item().fields).toMatchObject({
      amount: '480000',
      decision_asked: '请审议是否同意更换食堂承包商（金额48万元）',
    });
    expect(say('teacher', '修改', 'Y1 金额：0').refused).toBe('bad-amount');
    expect(say('teacher', '修改', 'Y1 金额：负五万').refused).toBe('bad-amount');
    expect(say('teacher', '修改', 'Y1 缓急：火急').refused).toBe('bad-choice');
    expect(say('teacher', '修改', 'Y1 所需时间：-5').refused).toBe('bad-minutes');
    say('teacher', '补充', 'Y1 资金来源 伙食费专户');
    expect(item().fields['fund_source']).toBe('伙食费专户');
    say('teacher', '修改', 'Y1 题目：关于食堂改为自营的请示');
    expect(item().title).toBe('关于食堂改为自营的请示');
    expect(item().fields['decision_asked']).toBe('请审议是否同意食堂改为自营（金额48万元）');
  });

  it('names the field, not its key, in what others add', () => {
    const { say, item } = drafted();
    say('teacher2', '补充', 'Y1 建议方案：公开招标');
    expect(item().supplements[0]!.text).toBe('建议方案：公开招标');
  });
});

describe('steps taken by mistake', () => {
  it('takes no review for a yes that does not say so', () => {
    const { say, item } = drafted();
    say('teacher', '补充', 'Y1', FORM);
    say('teacher', '提交', 'Y1');
    for (const words of ['Y1', 'Y1 暂缓']) expect(say('office', '审核', words).refused).toBe('say-agreed');
    expect(item().gates.find((g) => g.code === 'dept')!.state).toBe('open');
  });

  it('says who has to submit before a step can be taken, and that a draft needs no return', () => {
    const { say } = drafted();
    expect(say('office', '审核', 'Y1 同意').reply.text).toContain('林老师');
    expect(say('vice_principal', '退回', 'Y1 材料不够').refused).toBe('not-submitted');
  });

  it('finds the step of the speaker where a word fits several', () => {
    const d = drafted();
    d.say('teacher', '补充', 'Y1', FORM);
    d.say('teacher', '提交', 'Y1');
    d.say('office', '审核', 'Y1 同意');
    d.say('vice_principal', '审核', 'Y1 同意');
    const gates = d.item().gates.map((g) => (g.code === 'survey' ? { ...g, name: '请纪检委员等参加调研' } : g));
    d.school.settle([{ kind: 'item', record: { ...d.item(), gates }, open: true }]);
    expect(d.say('discipline', '前置', 'Y1 纪检 廉洁意见书').refused).toBeUndefined();
    expect(d.item().gates.find((g) => g.code === 'discipline')!.state).toBe('passed');
  });

  it('speaks of a confidential item in no group, refused or not', () => {
    const school = aSchool();
    school.run(command('议题'), 'office', '提拔陶主任为副校长');
    expect(school.shown().records.item.get('Y1')?.ruling.confidentiality).toBe('committee_only');
    school.run(command('议题'), 'teacher', '更换食堂承包商 预算60万');
    const refused = school.run(command('审核'), 'principal', 'Y1 同意', {}, 'group');
    expect(refused.reply.text).toBe('这件事不在群里说，已经私聊您。');
    const stranger = school.run(command('审核'), 'teacher2', 'Y1 同意', {}, 'group');
    const nothing = school.run(command('审核'), 'teacher2', 'Y9 同意', {}, 'group');
    expect(stranger.reply.text).toBe(nothing.reply.text.replace('Y9', 'Y1'));
  });
});

describe('the way to the staff congress', () => {
  /** A pay plan the Party meeting has reviewed. */
  function reviewed() {
    const school = aSchool();
    const say = (member: string, name: string, words: string) => school.run(command(name), member, words);
    const item = () => school.shown().records.item.get('Y1')!;
    say('principal', '议题', '今年绩效工资分配方案');
    const at = (leg: number, state: 'listed' | 'preparing') =>
      school.settle([
        {
          kind: 'item',
          record: {
            ...item(),
            leg,
            state,
            gates: item().gates.map((g) => (g.leg <= leg ? { ...g, state: 'passed' as const } : g)),
          },
          open: true,
        },
      ]);
    at(1, 'listed');
    const scene = new Scene(school.setting('office'));
    afterMeeting(scene, item(), {
      meeting: { id: 'H2', body: 'party' } as Meeting,
      outcome: 'adopted',
      text: '审议意见：同意',
    });
    school.settle(scene.puts);
    return { say, item, scene };
  }

  it('waits for its result without further steps, and tells who notes it', () => {
    const { item, scene } = reviewed();
    expect(item()).toMatchObject({ leg: 2, state: 'ready' });
    const union = scene.tellings.find((t) => 'member' in t.to && t.to.member === 'union')!;
    expect(union.reply.text).toContain('正等教代会的结果');
    expect(union.reply.card!.actions.map((a) => a.id)).toContain('/批复 Y1 通过');
  });

  it('takes no result that the numbers do not bear', () => {
    const { say, item } = reviewed();
    expect(say('union', '批复', 'Y1 通过 应到40人实到38人同意15票').refused).toBe('below-threshold');
    expect(say('union', '批复', 'Y1 通过 应到40人实到20人同意20票').refused).toBe('quorum');
    expect(say('union', '批复', 'Y1 通过 应到40人同意50票').refused).toBe('counts');
    expect(say('teacher', '批复', 'Y1 通过 应到40人同意30票').refused).toBe('not-yours');
    expect(say('union', '批复', 'Y1 通过 应到40人实到38人同意30票').refused).toBeUndefined();
    expect(item()).toMatchObject({ leg: 3, state: 'preparing' });
  });
});

describe('talks and consultations said again', () => {
  function talking() {
    const d = drafted();
    const leg = 1;
    d.school.settle([
      {
        kind: 'item',
        record: {
          ...d.item(),
          leg,
          state: 'preparing',
          gates: d.item().gates.map((g) => (g.leg < leg ? { ...g, state: 'passed' as const } : g)),
        },
        open: true,
      },
    ]);
    return d;
  }

  it('asks nobody twice when somebody confirms twice', () => {
    const { say } = talking();
    say('secretary', '沟通', 'Y1 无重大分歧');
    const again = say('secretary', '沟通', 'Y1 无重大分歧');
    expect(again.scene.tellings).toEqual([]);
    expect(again.reply.card!.actions.map((a) => a.id)).not.toContain('/沟通 Y1 无重大分歧');
  });

  it('consults everybody anew after the item was sent back', () => {
    const { say, item } = talking();
    say('vice_principal', '酝酿', 'Y1 同意');
    say('vice_principal', '退回', 'Y1 再改改');
    say('teacher', '补充', 'Y1', FORM);
    say('teacher', '提交', 'Y1');
    expect(say('vice_principal', '酝酿', 'Y1 同意').refused).toBeUndefined();
    expect(item().gates.find((g) => g.code === 'members')!.state).toBe('open');
  });
});

describe('an urgent item', () => {
  it('says why it is urgent before it is submitted (form 1)', () => {
    const d = drafted();
    d.say('teacher', '补充', 'Y1', { ...FORM, urgency: '紧急' });
    expect(d.say('teacher', '提交', 'Y1').reply.text).toContain('紧急理由');
    expect(d.item().state).toBe('draft');
    d.say('teacher', '补充', 'Y1 紧急理由：合同月底到期；联系电话：0571-88000000');
    expect(d.say('teacher', '提交', 'Y1').refused).toBeUndefined();
    expect(d.item().fields).toMatchObject({ urgent_why: '合同月底到期', phone: '0571-88000000' });
  });
});
