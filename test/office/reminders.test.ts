import { describe, expect, it } from 'vitest';
import type { Gate } from '../../src/domain/agenda-item.ts';
import { DEMO_MEMBERS } from '../../src/domain/demo-members.ts';
import type { Put } from '../../src/ports/ledger.ts';
import { REMINDER_COMMANDS } from '../../src/office/reminders/commands.ts';
import { MOST_LINES } from '../../src/office/reminders/digest.ts';
import { remindersOf } from '../../src/office/reminders/reminders.ts';
import { remindRound } from '../../src/office/reminders/round.ts';
import { viewOfShown } from '../../src/office/reminders/view.ts';
import { aSchool, plainWorkdays } from './a-school.ts';
import { put } from './some-records.ts';

const command = (name: string) => REMINDER_COMMANDS.find((c) => c.name === name)!;
const NO_DUTIES = { duties: [], params: { digest_group: 'g-committee' } };

/** A school without recurring duties but the talk, which is said to be done. */
function school(puts: readonly Put[], options: Parameters<typeof aSchool>[0] = {}) {
  const s = aSchool({ ...options, school: { ...NO_DUTIES, ...options.school } });
  s.settle([
    ...puts,
    {
      kind: 'duty',
      open: true,
      record: { id: 'P0', title: '书记校长沟通', owner: 'secretary', every: 'year', leadDays: 0, talk: true, done: [] },
    },
  ]);
  const view = () => viewOfShown(s.shown(), { school: s.school, roster: s.roster, workdays: plainWorkdays });
  const on = (day: string) => remindersOf(view(), day);
  const lines = (member: string, day: string) =>
    on(day)
      .filter((r) => r.member === member)
      .map((r) => `${r.section} ${r.text}`);
  const round = (day: string, more = {}) =>
    remindRound({ view: view(), rounds: [], day, at: 0, late: false, missed: [], ...more });
  const said = (to: string, day: string, more = {}) =>
    round(day, more).tellings.find((t) => ('member' in t.to ? t.to.member : t.to.group) === to)?.reply;
  return { ...s, view, on, lines, round, said };
}
const heard = (s: ReturnType<typeof school>, day: string) => [...new Set(s.on(day).map((r) => r.member))].toSorted();

describe('a resolution on its way to its deadline (Friday 27 November)', () => {
  const s = school([put.resolution({ deadline: '2026-11-27' })]);

  it('stands in the owner’s digest every working day before', () => {
    expect(s.lines('teacher', '2026-11-09')).toEqual(['running J1 更换食堂承包商：时限2026年11月27日']);
    expect(heard(s, '2026-11-09')).toEqual(['teacher']);
  });
  it('is said to be near from three working days before, to the owner alone', () => {
    expect(s.lines('teacher', '2026-11-24')).toEqual(['soon J1 更换食堂承包商：还有3个工作日，时限2026年11月27日']);
    expect(heard(s, '2026-11-24')).toEqual(['teacher']);
  });
  it('is told to the leader in charge too on the due day', () => {
    expect(s.lines('teacher', '2026-11-27')).toEqual(['today J1 更换食堂承包商：今天到期']);
    expect(s.lines('vice_principal', '2026-11-27')).toEqual(['today J1 更换食堂承包商：今天到期，责任人林老师']);
    expect(heard(s, '2026-11-27')).toEqual(['teacher', 'vice_principal']);
  });
  it('reaches the secretary on the first working day overdue, for it is a Party decision', () => {
    expect(heard(s, '2026-11-30')).toEqual(['secretary', 'teacher', 'vice_principal']);
    expect(s.lines('secretary', '2026-11-30')[0]).toContain('已逾期1个工作日');
  });
  it('reaches the principal where the principal’s meeting decided, and no sooner than the school says', () => {
    const own = school(
      [
        put.resolution({
          deadline: '2026-11-27',
          source: { kind: 'meeting', meeting: 'H1', item: 'Y1', body: 'principal' },
        }),
      ],
      { school: { ...NO_DUTIES, params: { escalate_after: '2' } } },
    );
    expect(heard(own, '2026-11-30')).toEqual(['teacher', 'vice_principal']);
    expect(heard(own, '2026-12-01')).toEqual(['principal', 'teacher', 'vice_principal']);
  });
  it('falls due on the Friday before when the deadline is a Sunday', () => {
    const sunday = school([put.resolution({ deadline: '2026-11-29' })]);
    expect(sunday.lines('teacher', '2026-11-27')).toEqual([
      'today J1 更换食堂承包商：时限2026年11月29日不是工作日，今天办结',
    ]);
    expect(sunday.lines('teacher', '2026-11-30')[0]).toContain('已逾期1个工作日');
  });
});

describe('what a resolution waits for', () => {
  const day = '2026-11-23';
  const at = Date.parse('2026-11-20T10:00:00+08:00');
  it('blocked: the leader in charge is asked to help', () => {
    const s = school([put.resolution({ state: 'blocked' })]);
    expect(s.lines('vice_principal', day)).toEqual(['confirm J1 更换食堂承包商：受阻，请协调，责任人林老师']);
    expect(s.lines('teacher', day)[0]).toContain('受阻');
  });
  it('reported as done: the leader reviews, then office and discipline member check', () => {
    const closing = { evidence: '合同', by: 'teacher', at };
    const one = school([put.resolution({ state: 'done', closing, deadline: '2026-11-20' })]);
    expect(heard(one, day)).toEqual(['teacher', 'vice_principal']);
    const two = school([
      put.resolution({ state: 'done', closing: { ...closing, reviewed: { by: 'vice_principal', at } } }),
    ]);
    expect(heard(two, day)).toEqual(['discipline', 'office', 'teacher']);
  });
  it('closed: until it has been evaluated', () => {
    expect(school([put.resolution({ state: 'closed' })]).lines('vice_principal', day)).toEqual([
      'confirm J1 更换食堂承包商：已销号，还没有评价效果',
    ]);
    const evaluation = { by: 'secretary', at, text: '好' };
    expect(school([put.resolution({ state: 'closed', evaluation })]).on(day)).toEqual([]);
  });
  it('an extension: the chair of the body that decided', () => {
    const s = school([put.resolution({ extensions: [{ by: 'teacher', at, why: '报价未到', until: '2026-12-30' }] })]);
    expect(s.lines('secretary', day)).toEqual(['confirm J1 更换食堂承包商：林老师申请延期到2026年12月30日，等您决定']);
  });
  it('a publicity period: three working days before its end, on the day, and the working day after', () => {
    const s = school([put.resolution({ publicity: { from: '2026-11-20', until: '2026-11-27' } })]);
    const spoken = ['2026-11-23', '2026-11-24', '2026-11-27', '2026-11-30', '2026-12-01'].map(
      (d) => s.lines('office', d).length,
    );
    expect(spoken).toEqual([0, 1, 1, 1, 0]);
  });
  it('nothing once it is ended, and a department’s task reaches the department’s head', () => {
    expect(school([put.resolution({ state: 'ended' })]).on(day)).toEqual([]);
    expect(heard(school([put.resolution({ owner: '教务处' })]), day)).toEqual(['dean']);
  });
});

describe('what an agenda item waits for', () => {
  const day = '2026-11-23';
  const gate = (code: string, more: Partial<Gate> = {}): Gate => ({
    code,
    name: code,
    leg: 1,
    state: 'open',
    records: [],
    ...more,
  });
  it('the talk is asked of secretary and principal', () => {
    expect(heard(school([put.item({ gates: [gate('sp_talk')] })]), day)).toEqual(['principal', 'secretary', 'teacher']);
  });
  it('consultation is asked of those not heard yet', () => {
    const records = [{ by: 'discipline', at: 0, outcome: '同意', member: 'discipline' }];
    const s = school([put.item({ gates: [gate('members', { whom: ['discipline', 'deputy_secretary'], records })] })]);
    expect(heard(s, day)).toEqual(['deputy_secretary', 'teacher']);
  });
  it('the chair’s word is asked for when nothing else is open', () => {
    const s = school([put.item({ gates: [gate('chair'), gate('deputies')] })]);
    expect(heard(s, day)).toEqual(['teacher', 'vice_principal']);
    const last = school([put.item({ gates: [gate('chair'), gate('deputies', { state: 'passed' })] })]);
    expect(last.lines('secretary', day)[0]).toContain('等您确定上会');
  });
  it('nothing is asked of those who stand back', () => {
    const s = school([put.item({ gates: [gate('sp_talk')], recusals: [{ member: 'principal', why: '近亲属' }] })]);
    expect(heard(s, day)).toEqual(['secretary', 'teacher']);
  });
  it('a deferred item rests until the day agreed on, then asks for the talk', () => {
    const s = school([
      put.item({ state: 'deferred', talkAgainOn: '2026-11-25', gates: [gate('sp_talk', { state: 'differs' })] }),
    ]);
    expect(heard(s, '2026-11-24')).toEqual(['teacher']);
    expect(s.lines('principal', '2026-11-25')[0]).toContain('today Y1');
    expect(s.lines('secretary', '2026-11-26')[0]).toContain('overdue Y1');
  });
});

describe('what a meeting waits for', () => {
  it('is announced on the working day before and on the day, over a weekend too', () => {
    const s = school([put.meeting({ date: '2026-11-30', readBy: DEMO_MEMBERS.map((m) => m.id) })]);
    expect(s.on('2026-11-26')).toEqual([]);
    expect(s.lines('discipline', '2026-11-27')[0]).toContain('2026年11月30日14:00');
    expect(s.lines('discipline', '2026-11-30')[0]).toContain('今天14:00');
    expect(heard(s, '2026-11-30')).toContain('office');
    expect(heard(s, '2026-11-30')).not.toContain('teacher');
  });
  it('asks those who have not read the papers, not those on leave', () => {
    const s = school([
      put.meeting({ date: '2026-12-04', readBy: ['principal'], leave: [{ member: 'discipline', why: '出差' }] }),
    ]);
    expect(heard(s, '2026-11-23')).toEqual(['deputy_secretary', 'secretary', 'vice_principal']);
  });
  it('asks the chair to sign the minutes, and says when the days for it are over', () => {
    const s = school([put.meeting({ state: 'closed', date: '2026-11-20' })]);
    expect(s.lines('secretary', '2026-11-23')[0]).toMatch(/^confirm .*纪要等您签发，时限2026年11月25日，建议值/);
    expect(s.lines('secretary', '2026-11-26')[0]).toMatch(/^overdue/);
  });
});

describe('recurring duties', () => {
  it('the weekly talk is asked for at the end of the week, of both, until it is recorded', () => {
    const s = aSchool({ school: { duties: [], params: {} }, now: '2026-11-27T09:00:00+08:00' });
    const talk = () => s.run(command('提醒'), 'principal').reply.text;
    expect(talk()).toMatch(/P0 书记校长经常性沟通（2026年第48周）：请今天完成（建议频次）/);
    s.run(command('周期'), 'secretary', 'P0 完成 已当面沟通');
    expect(talk()).toBe('现在没有等您办的事。');
    s.to('2026-12-03T09:00:00+08:00');
    expect(talk()).toContain('2026年第49周');
  });
  it('the school’s list is shown with what each rests on, and what is unchecked says so', () => {
    const text = aSchool().run(command('周期'), 'office').reply.text;
    expect(text).toContain(
      'P1 支部党员大会（每季度，孙副书记）：2026年第4季度请在2026年12月31日前完成。《中国共产党支部工作条例（试行）》第十一条',
    );
    expect(text).toMatch(/P5 主题党日.*待核/);
  });
  it('a period left without a record is asked after once the duty has been done before', () => {
    const s = aSchool({ now: '2026-10-28T09:00:00+08:00' });
    s.run(command('周期'), 'deputy_secretary', 'P2 完成');
    s.to('2026-12-01T09:00:00+08:00');
    const text = s.run(command('提醒'), 'deputy_secretary').reply.text;
    expect(text).toContain('P2 支部委员会会议（2026年11月）：没有完成记录');
    s.run(command('周期'), 'deputy_secretary', 'P2 完成 2026-11 补记');
    expect(
      s
        .shown()
        .records.duty.get('P2')!
        .done.map((d) => [d.period, d.note]),
    ).toEqual([
      ['2026-10', undefined],
      ['2026-11', '补记'],
    ]);
  });
  it('is refused to those it is not theirs, and twice', () => {
    const s = aSchool();
    expect(s.run(command('周期'), 'teacher', 'P1 完成').refused).toBe('not-yours');
    s.run(command('周期'), 'office', 'P1 完成');
    expect(s.run(command('周期'), 'office', 'P1 完成').refused).toBe('done-before');
    expect(s.run(command('周期'), 'office', 'P99 完成').refused).toBe('unknown-duty');
  });
});

describe('a digest', () => {
  const many = Array.from({ length: 40 }, (_, n) =>
    put.resolution({ id: `J${n + 1}`, deadline: n < 3 ? '2026-11-20' : n < 6 ? '2026-11-23' : '2026-12-20' }),
  );
  it('is one message of at most twenty lines, the heaviest kept, and says where the rest is', () => {
    const s = school(many);
    const digest = s.said('teacher', '2026-11-23', { late: true, missed: ['2026-11-20'] })!;
    const lines = digest.text.split('\n');
    expect(lines.length).toBeLessThanOrEqual(MOST_LINES);
    expect(digest.text.match(/已逾期1个工作日/g)).toHaveLength(3);
    expect(digest.text.match(/今天到期/g)).toHaveLength(3);
    const shown = lines.filter((l) => l.startsWith('· ')).length;
    expect(lines.at(-1)).toBe(`其余${40 - shown}项见 /待办`);
    expect(s.run(command('待办'), 'teacher').reply.text.match(/^· /gm)).toHaveLength(40);
  });
  it('groups its lines and carries commands as buttons', () => {
    const s = school([put.resolution({ deadline: '2026-11-23' }), put.item({ id: 'Y2', sponsor: 'teacher2' })]);
    const { text, card } = s.said('teacher', '2026-11-23')!;
    expect(text).toBe('议事提醒 2026年11月23日（周一）：共1项\n今天要办：\n· J1 更换食堂承包商：今天到期');
    expect(card!.actions.map((a) => a.id)).toEqual(['/进展 J1', '/稍后']);
  });
  it('says that it is late, which days went without, and that a year is not known', () => {
    const s = school([put.resolution(), put.resolution({ id: 'J2', owner: 'office' })]);
    const unknown = { ...s.view(), workdays: { ...plainWorkdays, knows: (year: number) => year < 2027 } };
    const { tellings } = remindRound({
      view: unknown,
      rounds: [],
      day: '2026-12-31',
      at: 0,
      late: true,
      missed: ['2026-12-29', '2026-12-30'],
    });
    const [telling] = tellings;
    expect(telling!.reply.text).toContain('迟到');
    expect(telling!.reply.text).toContain('12月29日、12月30日的提醒没有发出，已并入今天。');
    // Which calendar is missing is the office's business alone.
    const calendar = '2027年的放假安排还没有录入，暂按周一至周五计算工作日。';
    const told = tellings.filter((t) => t.reply.text.includes(calendar)).map((t) => 'member' in t.to && t.to.member);
    expect(told).toEqual(['office']);
  });
  it('of somebody without an account goes into the office’s, without what is confidential', () => {
    const members = DEMO_MEMBERS.map((m) => (m.id === 'teacher' ? { ...m, accounts: [] } : m));
    const s = school(
      [put.resolution(), put.resolution({ id: 'J2', title: '某干部任免', confidentiality: 'committee_only' })],
      { members },
    );
    const told = s.round('2026-11-23').tellings.map((t) => ('member' in t.to ? t.to.member : t.to.group));
    expect(told).toEqual(['office', 'g-committee']);
    const { text } = s.said('office', '2026-11-23')!;
    expect(text.match(/没有绑定账号/g)).toHaveLength(1);
    expect(text).toContain('另有1项不便转告');
    expect(text).not.toContain('任免');
  });
  it('for a group does not call late what is reported as done', () => {
    const s = school([put.resolution({ state: 'done', deadline: '2026-11-20' })]);
    expect(s.said('g-committee', '2026-11-23')!.text).toBe(
      '决议督办 2026年11月23日（周一）\n督办中1项，今天到期0项，三天内到期0项，已逾期0项，已报完成待核1项',
    );
  });
  it('for a group counts what is not confidential and names only what is public', () => {
    const s = school([
      put.resolution({ deadline: '2026-11-23' }),
      put.resolution({ id: 'J2', title: '内部事项', deadline: '2026-11-20', confidentiality: 'internal' }),
      put.resolution({ id: 'J3', title: '某干部任免', deadline: '2026-11-20', confidentiality: 'committee_only' }),
    ]);
    expect(s.said('g-committee', '2026-11-23')!.text).toBe(
      '决议督办 2026年11月23日（周一）\n督办中2项，今天到期1项，三天内到期0项，已逾期1项，已报完成待核0项\n· J1 更换食堂承包商：时限2026年11月23日',
    );
  });
});

describe('putting off', () => {
  const late = () =>
    school([put.resolution({ deadline: '2026-12-20' }), put.resolution({ id: 'J2', deadline: '2026-11-20' })]);
  it('keeps one matter out of one person’s digest until the day, and is recorded', () => {
    const s = late();
    const ran = s.run(command('稍后'), 'teacher', 'J1 11月26日 等厂家报价');
    expect(ran.refused).toBeUndefined();
    expect(ran.scene.deeds).toMatchObject([
      { act: 'snooze', about: 'J1', detail: { until: '2026-11-26', why: '等厂家报价' } },
    ]);
    expect(s.lines('teacher', '2026-11-25').join()).not.toContain('J1');
    expect(s.lines('teacher', '2026-11-26').join()).toContain('J1');
  });
  it('takes the same from a form', () => {
    const s = late();
    const ran = s.run(command('稍后'), 'teacher', '', { about: 'J1', until: '2026-11-26', why: '等报价' });
    expect(ran.refused).toBeUndefined();
    expect(s.lines('teacher', '2026-11-25').join()).not.toContain('J1');
  });
  it.each([
    ['without a day', 'teacher', 'J1 等报价', 'no-day'],
    ['without a reason', 'teacher', 'J1 11月26日', 'no-reason'],
    ['for more than seven working days', 'teacher', 'J1 12月3日 等报价', 'too-long'],
    ['to a day that is not later', 'teacher', 'J1 11月23日 等报价', 'past-day'],
    ['of what somebody else is late with', 'vice_principal', 'J2 11月26日 再看看', 'escalation'],
    ['of what does not concern the speaker', 'teacher2', 'J1 11月26日 再看看', 'not-reminded'],
  ])('is refused %s', (_, member, words, code) => {
    const ran = late().run(command('稍后'), member, words);
    expect(ran.refused).toBe(code);
    expect(ran.scene.puts).toEqual([]);
  });
  it('of everything leaves what others are late with', () => {
    const s = school([
      put.resolution(),
      put.resolution({ id: 'J2', owner: 'dean', checker: 'teacher', deadline: '2026-11-20' }),
    ]);
    expect(s.run(command('稍后'), 'teacher', '全部 11月26日 外出培训').refused).toBeUndefined();
    expect(s.lines('teacher', '2026-11-25')).toHaveLength(1);
    expect(s.lines('teacher', '2026-11-25')[0]).toContain('J2');
  });
  it('by the owner does not silence those who answer for it', () => {
    const s = late();
    s.run(command('稍后'), 'teacher', 'J2 11月26日 等报价');
    expect(heard(s, '2026-11-24')).toEqual(['secretary', 'teacher', 'vice_principal']);
    expect(s.lines('teacher', '2026-11-24').join()).not.toContain('J2');
  });
});

describe('/提醒', () => {
  const secret = () =>
    school([
      put.resolution(),
      put.resolution({ id: 'J3', title: '某干部任免', owner: 'deputy_secretary', confidentiality: 'committee_only' }),
    ]);
  it('in a group goes to the person', () => {
    const ran = secret().run(command('提醒'), 'deputy_secretary', '', {}, 'group');
    expect(ran.reply.text).not.toContain('任免');
    expect(ran.scene.tellings[0]).toMatchObject({ to: { member: 'deputy_secretary' } });
    expect(ran.scene.tellings[0]!.reply.text).toContain('任免');
  });
  it('全部 shows the next round to the office without what is confidential, and to nobody else', () => {
    const s = secret();
    const { text } = s.run(command('提醒'), 'office', '全部').reply;
    expect(text).toContain('2026年11月24日（周二）的提醒');
    expect(text).toContain('J1');
    expect(text).toContain('保密事项1项，不显示');
    expect(text).not.toContain('任免');
    expect(s.run(command('提醒'), 'secretary', '全部').reply.text).toContain('任免');
    expect(s.run(command('提醒'), 'teacher', '全部').refused).toBe('not-yours');
  });
  it('时间 shows the settings and which are suggested values', () => {
    const { text } = secret().run(command('提醒'), 'teacher', '时间').reply;
    expect(text).toContain('每个工作日 8:00 发提醒（建议值，本校未设定）');
    expect(text).toContain('下一次提醒：11月24日 8:00');
  });
  it('leaves a done matter out at once', () => {
    const s = school([put.resolution()]);
    expect(s.run(command('提醒'), 'teacher').reply.text).toContain('J1');
    s.settle([put.resolution({ state: 'ended' })]);
    expect(s.run(command('提醒'), 'teacher').reply.text).toBe('现在没有等您办的事。');
  });
});
