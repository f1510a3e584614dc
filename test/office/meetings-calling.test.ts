import { describe, expect, it } from 'vitest';
import { nextRegular } from '../../src/office/meetings/regular.ts';
import { timeIn } from '../../src/office/meetings/when.ts';
import { aMeetingSchool, anItem, CADRE } from './meetings-support.ts';

describe('calling a meeting', () => {
  it('takes date, time and place from the words and numbers it in the year', () => {
    const s = aMeetingSchool([]);
    expect(s.say('/会议 党组织会议 11月27日 14:00 三楼会议室').reply.text).toContain('党会〔2026〕第1次');
    expect(s.meeting()).toMatchObject({
      date: '2026-11-27',
      time: '14:00',
      place: '三楼会议室',
      chair: 'secretary',
      recorder: 'office',
    });
    s.say('/meeting 校务会 下周一 下午2点半 在二楼');
    expect(s.meeting('H2')).toMatchObject({
      number: '校办会〔2026〕第1次',
      date: '2026-11-30',
      time: '14:30',
      place: '二楼',
      chair: 'principal',
    });
    s.say('/会议 党委会', 'secretary', { date: '2026-12-04', time: '9:00', place: '会议室' });
    expect(s.meeting('H3')).toMatchObject({ number: '党会〔2026〕第2次', time: '09:00' });
    expect(s.say('/会议').reply.text).toContain('H2 校办会〔2026〕第1次：2026年11月30日 14:30');
  });

  it('asks by one form for what is missing and writes nothing', () => {
    const s = aMeetingSchool([]);
    const { reply, scene } = s.say('/会议 党组织会议 11月27日');
    expect(reply.card?.actions[0]?.fields?.map((f) => f.name)).toEqual(['time', 'place']);
    expect(scene.puts).toEqual([]);
    s.say(reply.card!.actions[0]!.id, 'office', { time: '14:00', place: '三楼' });
    expect(s.meeting()).toMatchObject({ date: '2026-11-27', time: '14:00', place: '三楼' });
  });

  it('is for the office and the body’s chair, never for a past day', () => {
    const s = aMeetingSchool([]);
    const refused = s.say('/会议 党组织会议 11月27日 14:00 三楼', 'principal');
    expect(refused.refused).toBe('not-yours');
    expect(refused.reply.text).toContain('办公室或周书记');
    expect(s.say('/会议 党组织会议 11月20日 14:00 三楼').refused).toBe('past-day');
  });

  it('writes the number in the school’s own pattern', () => {
    const s = aMeetingSchool([], { params: { meeting_code_pattern: '示范{会}{年}-{次}' } });
    expect(s.say('/会议 党会 11月27日 14:00 三楼').reply.text).toContain('示范党会2026-1');
  });

  it('calls a committee-less branch’s Party meeting by its name', () => {
    const s = aMeetingSchool([], { orgType: '不设支委会的党支部' });
    expect(s.say('/会议 党员大会 11月27日 14:00 三楼').reply.card?.title).toContain('支部党员大会');
  });

  it('proposes regular meetings only where the school has set a cycle', () => {
    const unset = aMeetingSchool([]);
    expect(unset.say('/会议 例会').reply.text).toContain('党组织会议：本校未设定例会周期');
    const set = aMeetingSchool([], { params: { regular_cycle_party: '每周一' } });
    const { reply, scene } = set.say('/会议 例会 党委会');
    expect(reply.text).toContain('2026年11月30日');
    expect(reply.card?.actions[0]?.id).toBe('/会议 党组织会议 2026-11-30');
    expect(scene.puts).toEqual([]);
  });

  it.each([
    ['每周一', undefined, '2026-11-30'],
    ['每周三', '2026-11-11', '2026-11-25'],
    ['每两周', '2026-11-16', '2026-11-30'],
    ['每月至少一次', '2026-10-31', '2026-11-30'],
    ['monthly', '2026-11-10', '2026-12-10'],
    ['每月', undefined, undefined],
    ['看情况', '2026-11-10', undefined],
  ])('finds the next regular day for %s after %s: %s', (cycle, last, next) => {
    expect(nextRegular(cycle, '2026-11-23', last)).toBe(next);
  });

  it.each([
    ['14:00 三楼', '14:00', '三楼'],
    ['下午两点半', '14:30', ''],
    ['上午九点', '09:00', ''],
    ['晚上七点15分', '19:15', ''],
    ['十二点', '12:00', ''],
  ])('reads the hour of %s', (text, time, rest) => {
    expect(timeIn(text)).toEqual({ time, rest });
  });

  it('reads no hour where none is said', () => {
    for (const text of ['三楼会议室', '25:00', '第3会议室', '11月27日']) expect(timeIn(text)).toBeUndefined();
  });
});

describe('the agenda', () => {
  it('lists a ready item with its official number and minutes, takes it off with a reason', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.say('/会议 党组织会议 11月27日 14:00 三楼会议室');
    expect(s.say('/议程 H1').reply.text).toContain('可以列入：Y1 关于更换食堂承包商的请示');
    s.say('/议程 H1 Y1 20分钟');
    expect(s.entry()).toMatchObject({ number: 'D-2026-01-01', minutes: 20 });
    expect(s.item()).toMatchObject({ state: 'listed', meeting: 'H1' });
    expect(s.say('/议程 H1 Y1 撤下').refused).toBe('why');
    s.say('/议程 H1 Y1 撤下 材料要补');
    expect(s.meeting().agenda).toEqual([]);
    expect(s.item().state).toBe('ready');
  });

  it('refuses an item with an open gate and says which and who closes it', () => {
    const gates = [{ code: 'discipline', name: '纪检委员出具廉洁意见', leg: 0, state: 'open' as const, records: [] }];
    const s = aMeetingSchool([anItem('Y1', { gates, state: 'preparing' }), anItem('Y2', { gates })]);
    s.say('/会议 党组织会议 11月27日 14:00 三楼会议室');
    for (const id of ['Y1', 'Y2']) {
      const { refused, reply } = s.say(`/议程 H1 ${id}`);
      expect(refused).toBe('open-gate');
      expect(reply.text).toContain('纪检委员出具廉洁意见：由秦委员办');
    }
    expect(s.meeting().agenda).toEqual([]);
  });

  it('refuses an item that is before the other body', () => {
    const s = aMeetingSchool([anItem('Y1', { legs: [{ body: 'principal', act: 'decides' }] })]);
    s.say('/会议 党组织会议 11月27日 14:00 三楼会议室');
    expect(s.say('/议程 H1 Y1')).toMatchObject({ refused: 'other-body' });
  });

  it('asks a reason for items later than the lead time, and says the value is suggested', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.say('/会议 党组织会议 11月25日 14:00 三楼会议室');
    const late = s.say('/议程 H1 Y1');
    expect(late.refused).toBe('topic-lead');
    expect(late.reply.text).toContain('3个工作日（建议值，本校未设定）');
    s.say('/议程 H1 Y1 紧急：合同月底到期');
    expect(s.entry().late).toBe('合同月底到期');
  });

  it('puts cadre matters in a group of their own when ordered', () => {
    const s = aMeetingSchool([anItem('Y1'), anItem('Y2', { ruling: CADRE })]);
    s.say('/会议 党组织会议 11月30日 14:00 三楼会议室');
    s.say('/议程 H1 全部');
    expect(s.meeting().agenda.map((e) => e.item)).toEqual(['Y1', 'Y2']);
    expect(s.say('/议程 H1 排序').reply.text).toContain('无关列席人员离席');
    expect(s.meeting().agenda.map((e) => e.item)).toEqual(['Y2', 'Y1']);
    s.say('/议程 H1 Y1 第1');
    expect(s.meeting().agenda.map((e) => e.item)).toEqual(['Y1', 'Y2']);
  });

  it('adds after the notice only by the chair with a reason, never cadre or large sums', () => {
    const extra = [anItem('Y2'), anItem('Y3', { ruling: CADRE }), anItem('Y4', { ruling: { large: true } })];
    const s = aMeetingSchool([anItem('Y1')]);
    s.called();
    s.settle(extra.map((record) => ({ kind: 'item', record, open: true })));
    expect(s.say('/议程 H1 Y2 紧急：上级今天要结果').refused).toBe('chair-only');
    expect(s.say('/议程 H1 Y2', 'secretary').refused).toBe('urgent-why');
    expect(s.say('/议程 H1 Y3 紧急：急', 'secretary').refused).toBe('cadre-urgent');
    expect(s.say('/议程 H1 Y4 紧急：急', 'secretary').refused).toBe('large-urgent');
    const { scene } = s.say('/议程 H1 Y2 紧急：上级今天要结果', 'secretary');
    expect(s.entry('Y2').urgent).toBe('上级今天要结果');
    expect(scene.tellings.map((t) => t.to)).toContainEqual({ member: 'discipline' });
  });
});

describe('the notice', () => {
  it('goes to members, recorder and reporters; confidential titles only to the body', () => {
    const s = aMeetingSchool([
      anItem('Y1'),
      anItem('Y2', { title: '关于提任教务主任的请示', ruling: CADRE, sponsor: 'deputy_secretary' }),
    ]);
    s.say('/会议 党组织会议 11月27日 14:00 三楼会议室');
    s.say('/议程 H1 全部');
    const { reply, scene } = s.say('/会议 H1 通知');
    const told = Object.fromEntries(
      scene.tellings.map((t) => ['member' in t.to ? t.to.member : '', JSON.stringify(t.reply)]),
    );
    expect(Object.keys(told).toSorted()).toEqual([
      'deputy_secretary',
      'discipline',
      'principal',
      'secretary',
      'teacher',
      'vice_principal',
    ]);
    expect(told['discipline']).toContain('提任教务主任');
    expect(told['teacher']).toContain('议题（不公开）');
    expect(told['teacher']).toContain('更换食堂承包商');
    expect(told['teacher']).not.toContain('提任');
    expect(reply.text).toContain('应到5人');
    expect(
      s
        .say('/会议 H1', 'teacher2')
        .reply.card?.sections.flatMap((x) => x.lines)
        .join(),
    ).toContain('议程只发给参会人员');
  });

  it('shows no confidential title in a group, whoever asks', () => {
    const s = aMeetingSchool([anItem('Y2', { title: '关于提任教务主任的请示', ruling: CADRE })]);
    s.called();
    for (const line of ['/会议 H1', '/议程 H1', '/会议'])
      for (const by of ['secretary', 'office'])
        expect(JSON.stringify(s.say(line, by, {}, 'group').reply)).not.toContain('提任');
  });

  it('needs an agenda and the lead time, or an urgent reason', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.say('/会议 党组织会议 11月27日 14:00 三楼会议室');
    expect(s.say('/会议 H1 通知').refused).toBe('no-items');
    s.say('/议程 H1 Y1');
    s.to('2026-11-26T10:00:00+08:00');
    const late = s.say('/会议 H1 通知');
    expect(late.refused).toBe('notice-lead');
    expect(late.reply.text).toContain('2个工作日（建议值，本校未设定）');
    s.say('/会议 H1 通知', 'office', { urgent: '上级要求本周报结果' });
    expect(s.meeting()).toMatchObject({ urgent: '上级要求本周报结果' });
    expect(s.meeting().noticedAt).toBeDefined();
  });

  it('counts readers, and only those it went to', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.called();
    s.say('/会议 H1 已读', 'discipline');
    s.say('/会议 H1 已读', 'discipline');
    expect(s.meeting().readBy).toEqual(['discipline']);
    expect(s.say('/会议 H1 已读', 'teacher2').refused).toBe('not-yours');
  });

  it('takes leave with a written opinion and warns the office when too few will come', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.called();
    const first = s.say('/请假 H1 出差 意见：Y1 同意', 'discipline');
    expect(s.meeting().leave).toEqual([{ member: 'discipline', why: '出差', opinion: 'Y1 同意' }]);
    expect(first.reply.text).toContain('不计入票数（通行做法，本校未设定）');
    s.say('/请假 H1 住院', 'principal');
    const third = s.say('/请假 H1', 'vice_principal', { why: '培训' });
    expect(third.scene.tellings).toContainEqual(expect.objectContaining({ to: { member: 'office' } }));
    expect(third.reply.text).toContain('预计达不到');
    s.say('/请假 H1 撤回', 'principal');
    expect(s.meeting().leave.map((l) => l.member)).toEqual(['discipline', 'vice_principal']);
    expect(s.say('/请假 H1 有课', 'teacher2').refused).toBe('not-member');
    expect(s.say('/请假 H1 秦委员 生病', 'teacher2').refused).toBe('not-yours');
  });
});

describe('changing a meeting', () => {
  it('moves it and asks everybody anew', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.called();
    s.say('/会议 H1 已读', 'discipline');
    const { scene } = s.say('/会议 H1 改期 12月1日 15:00');
    expect(s.meeting()).toMatchObject({ date: '2026-12-01', time: '15:00', place: '三楼会议室', readBy: [] });
    expect(scene.tellings).toHaveLength(6);
    expect(s.say('/会议 H1 改期 11月24日').refused).toBe('notice-lead');
  });

  it('cancels with a reason; items can be listed again', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.called();
    expect(s.say('/会议 H1 取消').refused).toBe('why');
    s.say('/会议 H1 取消 台风停课');
    expect(s.meeting()).toMatchObject({ state: 'cancelled', cancelled: { why: '台风停课' } });
    expect(s.item().state).toBe('ready');
    s.say('/会议 党组织会议 11月30日 14:00 三楼会议室');
    s.say('/议程 H2 Y1');
    expect(s.item()).toMatchObject({ state: 'listed', meeting: 'H2', number: 'D-2026-02-01' });
  });
});

describe('a day or time there is none', () => {
  it('is refused by name and never becomes the place', () => {
    const s = aMeetingSchool([]);
    for (const line of ['/会议 党组织会议 11月31日 14:00 三楼', '/会议 党组织会议 2026-13-45 14:00 三楼'])
      expect(s.say(line).refused).toBe('no-such-day');
    for (const line of ['/会议 党组织会议 11月27日 25:00 三楼', '/会议 党组织会议 11月27日 14:99 三楼'])
      expect(s.say(line).refused).toBe('no-such-time');
    expect(s.meeting()).toBeUndefined();
  });
});
