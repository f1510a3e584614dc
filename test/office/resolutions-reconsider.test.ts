import { describe, expect, it } from 'vitest';
import { adopt } from '../../src/office/resolutions/adopt.ts';
import type { Command } from '../../src/office/command.ts';
import { aSchool } from './a-school.ts';
import { anItem, decides, FOUR, MEETING, of, say, type School, toldOf } from './resolutions-help.ts';

const FORM = {
  reason: '条件变化',
  facts: '中标价比预算高三成',
  impact: '不调整无法签约，已付定金不受影响',
  proposal: '调整',
};

const applied = (school: School = aSchool()): School => {
  decides(school);
  expect(say(school, 'dean', '/复议 J1', FORM).refused).toBeUndefined();
  return school;
};
const accepted = (): School => {
  const school = applied();
  say(school, 'secretary', '/复议 J1 受理');
  return school;
};
const reconsideration = (school: School) =>
  [...school.shown().records.item.values()].find((i) => i.reconsiders === 'J1')!;

describe('the application (form 9)', () => {
  it('asks for what is missing and keeps what was said', () => {
    const school = aSchool();
    decides(school);
    const ran = say(school, 'dean', '/复议 J1 条件变化 中标价比预算高三成');
    expect(ran.refused).toBe('form');
    const [form] = ran.reply.card!.actions;
    expect(form!.fields!.map((f) => f.name)).toEqual(['impact', 'proposal']);
    const [name, ...words] = form!.id.slice(1).split(' ');
    say(school, 'dean', `/${name} ${words.join(' ')}`, { impact: FORM.impact, proposal: '调整' });
    expect(of(school, 'J1').applications).toMatchObject([
      { id: 'J1-F1', reason: '条件变化', facts: FORM.facts, proposal: '调整' },
    ]);
  });

  it('is read from labelled words too', () => {
    const school = aSchool();
    decides(school);
    say(school, 'dean', '/复议 J1 执行受阻 调整 事实：中标价比预算高三成 影响：不调整无法签约');
    expect(of(school, 'J1').applications).toMatchObject([
      { reason: '执行受阻', proposal: '调整', facts: '中标价比预算高三成', impact: '不调整无法签约' },
    ]);
  });

  it.each([
    ['纪要里有错别字，要改', /错别字不属于复议/],
    ['设备到货晚，来不及，要推迟', /申请延期/],
    ['上级已有新批复，教育局批复〔2026〕8号', /按批复更新执行/],
  ])('is none: %s', (facts, says) => {
    const school = aSchool();
    decides(school);
    const ran = say(school, 'dean', '/复议 J1', { ...FORM, facts });
    expect(ran.refused).toBe('not-reconsideration');
    expect(ran.reply.text).toMatch(says);
    expect(say(school, 'dean', '/复议 J1 仍要复议', { ...FORM, facts }).refused).toBeUndefined();
  });

  it('is for the sponsor, the owner, the leadership and the supervisors', () => {
    const school = aSchool();
    decides(school, { item: anItem({ sponsor: 'teacher' }) });
    // Decided items are no longer at hand.
    (school.shown().records.item as Map<string, never>).delete('Y1');
    expect(say(school, 'teacher', '/复议 J1', FORM).refused).toBeUndefined();
    const others = aSchool();
    decides(others);
    expect(say(others, 'teacher', '/复议 J1', FORM).refused).toBe('not-yours');
    for (const who of ['teacher2', 'dean', 'vice_principal', 'discipline', 'union']) {
      const fresh = aSchool();
      decides(fresh);
      expect(say(fresh, who, '/复议 J1', FORM).refused, who).toBeUndefined();
    }
  });

  it('leaves the resolution in force and tells owner, checker, office and chair', () => {
    const school = aSchool();
    decides(school);
    expect([...new Set(toldOf(say(school, 'teacher2', '/复议 J1', FORM)))].sort()).toEqual([
      'dean',
      'office',
      'secretary',
      'vice_principal',
    ]);
    expect(say(school, 'dean', '/复议 J1', FORM).refused).toBe('pending');
    expect(say(school, 'dean', '/进展 J1 照常推进中').refused).toBeUndefined();
  });
});

describe('the answer', () => {
  it('is the chair’s, declined with a reason', () => {
    const school = applied();
    expect(say(school, 'principal', '/复议 J1 受理').refused).toBe('not-yours');
    expect(say(school, 'secretary', '/复议 J1 不受理').refused).toBe('needs-reason');
    expect(toldOf(say(school, 'secretary', '/复议 J1 不受理 情况没有变化'))).toContain('dean');
    expect(of(school, 'J1').reconsideredBy).toBeUndefined();
    expect(reconsideration(school)).toBeUndefined();
  });

  it('accepted makes an item with fresh gates; the old resolution stays in force', () => {
    const school = accepted();
    const item = reconsideration(school);
    expect(item).toMatchObject({ state: 'preparing', matter: { id: 'canteen' } });
    expect(item.gates.every((g) => g.state === 'open')).toBe(true);
    expect(of(school, 'J1')).toMatchObject({ state: 'waiting', reconsideredBy: item.id });
    expect(say(school, 'dean', '/复议 J1', FORM).refused).toBe('under-way');
    expect(say(school, 'dean', '/决议 J1').reply.text).toMatch(/这项决议继续有效/);
  });

  it('offers a button that names the original item where it is not at hand', () => {
    const school = applied();
    (school.shown().records.item as Map<string, never>).delete('Y1');
    const ran = say(school, 'secretary', '/复议 J1 受理');
    expect(ran.refused).toBe('look-up');
    expect(ran.reply.card!.actions[0]!.id).toBe('/复议 J1 受理 Y1');
  });

  it('in cadre matters needs more than half of the Party leadership', () => {
    const school = aSchool();
    decides(school, { item: anItem({ ruling: { ...anItem().ruling, cadre: true } }) });
    say(school, 'dean', '/复议 J1', FORM);
    expect(say(school, 'secretary', '/复议 J1 受理').reply.text).toMatch(/党组织班子（5 人）超过半数/);
    expect(say(school, 'secretary', '/复议 J1 受理 Y1', { agreed: '2' }).refused).toBe('cadre-count');
    expect(say(school, 'secretary', '/复议 J1 受理 Y1', { agreed: '6' }).refused).toBe('cadre-count');
    say(school, 'secretary', '/复议 J1 受理 Y1', { agreed: '3' });
    expect(of(school, 'J1').applications![0]!.answer).toMatchObject({ accepted: true, agreed: { count: 3, of: 5 } });
  });
});

describe('the new decision', () => {
  const decided = (outcome: 'adopted' | 'rejected' | 'deferred') => {
    const school = accepted();
    const item = reconsideration(school);
    let made: string | undefined;
    const command: Command = {
      name: '形成决议',
      aliases: [],
      help: '',
      forWhom: () => true,
      run: (scene) => {
        made = adopt(scene, { item, meeting: MEETING, text: '同意调整', four: FOUR, outcome }).id;
        return { text: '' };
      },
    };
    return { school, told: toldOf(school.run(command, 'secretary')), made };
  };

  it('supersedes the old one, which says so and points to the new', () => {
    const { school, told, made } = decided('adopted');
    expect(made).toBe('J2');
    expect(of(school, 'J1')).toMatchObject({ state: 'ended', supersededBy: 'J2' });
    expect(of(school, 'J1').reconsideredBy).toBeUndefined();
    expect(of(school, 'J2')).toMatchObject({ number: 'D-2026-03-02-J1-R1', supersedes: 'J1' });
    expect([...new Set(told)].sort()).toEqual(['dean', 'office', 'vice_principal']);
    const shown = say(school, 'dean', '/决议 J1').reply;
    expect(shown.text).toMatch(/已被 J2 代替/);
    expect(shown.card!.actions.map((a) => a.id)).toEqual(['/决议 J2']);
    expect(say(school, 'dean', '/决议 J2').reply.text).toMatch(/代替了 J1/);
    for (const line of [
      '/进展 J1 还在做',
      '/延期 J1 12月30日 设备没到',
      '/销号 J1 佐证：验收单',
      '/复议 J1',
      '/终止 J1 不再需要',
      '/公示 J1 5天',
    ])
      expect(say(school, 'office', line).refused, line).toBe('superseded');
  });

  it.each(['rejected', 'deferred'] as const)('%s leaves the old one in force', (outcome) => {
    const { school, told, made } = decided(outcome);
    expect(made).toBe('J1');
    expect(of(school, 'J1').state).toBe('waiting');
    expect(of(school, 'J1').reconsideredBy).toBeUndefined();
    expect(new Set(told)).toEqual(new Set(['dean', 'vice_principal', 'office']));
  });

  it('cannot replace what has been replaced already', () => {
    const { school } = decided('adopted');
    expect(decides(school, { item: anItem({ id: 'Y9', reconsiders: 'J1' }) }).refused).toBe('superseded');
  });
});
