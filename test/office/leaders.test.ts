import { describe, expect, it } from 'vitest';
import { DEMO_MEMBERS } from '../../src/domain/demo-members.ts';
import { openGates } from '../../src/domain/agenda-item.ts';
import { COMMANDS } from '../../src/office/commands.ts';
import { aSchool } from './a-school.ts';

const command = (name: string) => COMMANDS.find((c) => c.name === name)!;
type School = ReturnType<typeof aSchool>;
const sayIn =
  (s: School) =>
  (member: string, name: string, words = '', values: Record<string, string> = {}, place?: 'group' | 'direct') =>
    s.run(command(name), member, words, values, place);
const told = (ran: { scene: { tellings: readonly { to: object }[] } }) =>
  ran.scene.tellings.flatMap((t) => ('member' in t.to ? [t.to.member as string] : []));
const item = (s: School, id: string) => s.shown().records.item.get(id)!;

const FORM = {
  proposal: '按建议方案办理',
  affected: '全校师生',
  risk: '无重大风险',
  fund_source: '公用经费',
  in_budget: '预算内',
  procurement_mode: '公开招标',
  opinions: '已征求',
};
/** An item of the Party's own, with the reviews done. */
function toTalkOver(s: School) {
  const say = sayIn(s);
  say('dean', '议题', '讨论决定学校党建工作年度计划');
  say('dean', '补充', 'Y1', FORM);
  say('dean', '提交', 'Y1');
  for (const m of ['dean', 'office', 'vice_principal']) say(m, '审核', 'Y1 同意');
  return say;
}

describe('the workbench of secretary and principal', () => {
  it('shows the secretary what waits for a talk and, once only the chair’s word is missing, what to confirm', () => {
    const s = aSchool();
    const say = toTalkOver(s);
    const columns = () => say('secretary', '工作台').reply.card!.sections;
    expect(columns()).toMatchObject([
      { heading: '待沟通（1）', lines: [expect.stringContaining('Y1')] },
      { heading: '待确定议题（0）' },
      { heading: '待督办（0）' },
    ]);
    for (const m of ['secretary', 'principal']) say(m, '沟通', 'Y1 无重大分歧');
    for (const g of openGates(item(s, 'Y1')).filter((x) => x.code !== 'chair' && x.code !== 'members'))
      say(g.code === 'discipline' ? 'discipline' : 'office', '前置', `Y1 ${g.code} 材料1`);
    for (const m of item(s, 'Y1').gates.find((g) => g.code === 'members')!.whom!) say(m, '酝酿', 'Y1 同意');
    expect(columns().map((c) => c.heading)).toEqual(['待沟通（0）', '待确定议题（1）', '待督办（0）']);
  });

  it('shows the principal his own three, and is nobody else’s', () => {
    const s = aSchool();
    const say = sayIn(s);
    say('teacher', '议题', '更换食堂承包商 预算60万');
    say('teacher', '补充', 'Y1', FORM);
    say('teacher', '提交', 'Y1');
    expect(say('principal', '工作台').reply.card!.sections.map((c) => c.heading)).toEqual([
      '行政方案（校长办公会议在办）（1）',
      '待执行决议（0）',
      '需报告事项（受阻、逾期或要延期的党组织决议）（0）',
    ]);
    expect(say('teacher', '工作台').refused).toBe('not-yours');
    const inGroup = say('principal', '工作台', '', {}, 'group');
    expect(inGroup.reply.text).not.toContain('Y1');
    expect(told(inGroup)).toEqual(['principal']);
  });

  it('says in which capacity each column waits where one person is both', () => {
    const s = aSchool({ school: { dualRole: true }, members: oneInBoth() });
    const headings = sayIn(s)('secretary', '工作台').reply.card!.sections.map((c) => c.heading);
    expect(headings).toHaveLength(6);
    expect(headings[0]).toMatch(/^书记身份/);
    expect(headings[3]).toMatch(/^校长身份/);
  });
});

const oneInBoth = () =>
  DEMO_MEMBERS.filter((m) => m.id !== 'principal').map((m) =>
    m.id === 'secretary'
      ? { ...m, roles: ['secretary' as const, 'principal' as const], bodies: ['party' as const, 'principal' as const] }
      : m,
  );

describe('one person as secretary and principal', () => {
  it('reads on every item in which capacity he acts now, and who watches money and people', () => {
    const s = aSchool({ school: { dualRole: true }, members: oneInBoth() });
    const first = sayIn(s)('teacher', '议题', '更换食堂承包商 预算60万');
    const lines = first.reply.card!.sections[0]!.lines;
    expect(lines).toContain('周书记此刻是校长身份（校长办公会议）');
    expect(lines.join()).toContain('纪检委员秦委员在会议记录上签字');
    const plain = sayIn(aSchool())('teacher', '议题', '更换食堂承包商 预算60万');
    expect(JSON.stringify(plain.reply)).not.toContain('身份');
  });
});

describe('who is in charge of what', () => {
  it('is read from the roster, for one department too', () => {
    const members = DEMO_MEMBERS.map((m) => (m.id === 'principal' ? { ...m, inChargeOf: ['教务处'] } : m));
    const say = sayIn(aSchool({ members }));
    expect(say('teacher', '分工', '教务处').reply.text).toBe('教务处：负责人陶主任，分管郑校长');
    expect(say('teacher', '分工', '总务处').reply.text).toContain('名册没写分管');
    expect(say('teacher', '分工').reply.text).toContain('秦委员：纪检委员');
  });
});

describe('the card of the regular talk', () => {
  it('is kept for those who talk, who alone see it, and counts as the week’s talk', () => {
    const s = aSchool();
    const say = sayIn(s);
    const ran = say('secretary', '沟通', '要点 主题：食堂招标；共识：公开招标；待议：预算来源');
    expect(ran.refused).toBeUndefined();
    expect(told(ran)).toEqual(['principal']);
    expect(say('principal', '沟通', '要点').reply.text).toContain('主题：食堂招标；共识：公开招标；待议：预算来源');
    expect(say('office', '沟通', '要点').refused).toBe('not-yours');
    expect(JSON.stringify(ran.scene.deeds)).not.toContain('招标');
    for (const m of ['office', 'deputy_secretary', 'secretary'])
      expect(JSON.stringify(say(m, '周期').reply)).not.toContain('招标');
    expect(say('office', '周期', 'P8').reply.text).toContain('已完成');
    const inGroup = say('secretary', '沟通', '要点 主题：校车', {}, 'group');
    expect(inGroup.reply.text).not.toContain('校车');
  });

  it('takes no judgement of persons, and opens by itself when no item waits for a talk', () => {
    const say = sayIn(aSchool());
    expect(say('secretary', '沟通', '要点 主题：某主任能力差').refused).toBe('judges');
    expect(say('principal', '沟通').reply.card!.title).toBe('沟通要点卡');
  });

  it('leaves /沟通 to the item while one waits', () => {
    const s = aSchool();
    const say = toTalkOver(s);
    expect(say('secretary', '沟通').reply.text).toContain('议题 Y1 沟通得怎么样');
  });
});

const EMERGENCY = {
  kind: '抢险',
  what: '教学楼屋面漏水',
  when: '11月23日8时',
  decision: '停用四楼并抢修',
  basis: '应急预案第五条',
  cost: '约8000元',
};

describe('an emergency decision', () => {
  it('is written down whole, told to the leadership at once and reported at the next Party meeting', () => {
    const s = aSchool();
    const say = sayIn(s);
    expect(say('principal', '紧急', '抢险 教学楼屋面漏水').reply.card!.actions[0]!.fields!.map((f) => f.name)).toEqual([
      'when',
      'decision',
      'basis',
      'cost',
    ]);
    expect(s.shown().records.item.size).toBe(0);
    const ran = say('principal', '紧急', '', EMERGENCY);
    expect(told(ran)).toEqual(
      expect.arrayContaining(['secretary', 'deputy_secretary', 'vice_principal', 'discipline']),
    );
    expect(item(s, 'Y1')).toMatchObject({ state: 'ready', legs: [{ body: 'party', act: 'reviews' }] });
    say('secretary', '会议', '党组织会议 11月24日 14:00 三楼会议室');
    expect(say('secretary', '议程', 'H1 Y1').refused).toBeUndefined();
    expect(item(s, 'Y1').state).toBe('listed');
  });

  it('goes onto a meeting that is called already; it is heard and makes no resolution', () => {
    const s = aSchool();
    const say = sayIn(s);
    say('secretary', '会议', '党组织会议 11月23日 14:00 三楼会议室');
    expect(say('secretary', '紧急', '', EMERGENCY).reply.text).toContain('党会〔2026〕第1次');
    expect(item(s, 'Y1')).toMatchObject({ state: 'listed', meeting: 'H1' });
    say('office', '会议', 'H1 通知', { urgent: '紧急处置补报' });
    say('office', '到会', 'H1 周书记 郑校长 孙副书记 何副校长 秦委员');
    expect(say('office', '开会', 'H1').refused).toBeUndefined();
    say('office', '议', 'H1 Y1');
    for (const m of ['principal', 'deputy_secretary', 'vice_principal', 'discipline', 'secretary'])
      say(m, '表态', 'Y1 同意');
    expect(say('office', '结果', 'Y1 通过').refused).toBeUndefined();
    expect(item(s, 'Y1').state).toBe('decided');
    expect(s.shown().records.resolution.size).toBe(0);
  });

  it('is never for cadres, pay or ordinary procurement, and not for everybody to declare', () => {
    const say = sayIn(aSchool());
    for (const what of ['任命教务主任', '调整绩效工资', '采购一批电脑'])
      expect(say('secretary', '紧急', '', { ...EMERGENCY, kind: '突发事件', what }).refused).toBe('never-urgent');
    expect(say('teacher', '紧急', '', EMERGENCY).refused).toBe('not-yours');
  });

  it('keeps what concerns persons’ safety to those who deal with it', () => {
    const s = aSchool();
    const say = sayIn(s);
    const ran = say('secretary', '紧急', '', { ...EMERGENCY, kind: '人身安全', what: '学生受伤送医' }, 'group');
    expect(ran.reply.text).toBe('这件事不在群里说，已经私聊您。');
    expect(told(ran)).not.toContain('dean');
  });
});

describe('being away', () => {
  it('is told to the other one, and the stand-in chairs meetings called for those days', () => {
    const s = aSchool();
    const say = sayIn(s);
    expect(say('secretary', '外出', '11月25日 到 11月27日 参加培训').reply.text).toContain('还要临时主持人');
    const ran = say('secretary', '外出', '11月25日 到 11月27日 参加培训 主持：孙副书记');
    expect(told(ran)).toEqual(expect.arrayContaining(['principal', 'deputy_secretary', 'office']));
    say('office', '会议', '党组织会议 11月26日 14:00 三楼会议室');
    say('office', '会议', '党组织会议 11月30日 14:00 三楼会议室');
    const chairs = [...s.shown().records.meeting.values()].map((m) => m.chair);
    expect(chairs).toEqual(['deputy_secretary', 'secretary']);
    expect(say('principal', '外出').reply.text).toContain('周书记：2026年11月25日至2026年11月27日，参加培训');
    say('secretary', '外出', '取消');
    say('office', '会议', '党组织会议 11月27日 9:00 三楼会议室');
    expect(s.shown().records.meeting.get('H3')!.chair).toBe('secretary');
  });

  it('names the meetings already called, and is one’s own or the office’s to say', () => {
    const say = sayIn(aSchool());
    say('office', '会议', '党组织会议 11月26日 14:00 三楼会议室');
    expect(say('principal', '外出', '周书记 11月25日 主持：孙副书记').refused).toBe('not-yours');
    expect(say('teacher', '外出', '11月25日').refused).toBe('not-yours');
    const ran = say('office', '外出', '周书记 11月25日 到 11月27日 主持：孙副书记');
    expect(ran.reply.card!.actions[0]!.id).toBe('/会议 H1 主持 孙副书记');
  });
});
