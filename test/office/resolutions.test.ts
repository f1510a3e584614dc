import { describe, expect, it } from 'vitest';
import { aSchool } from './a-school.ts';
import { anItem, decides, FOUR, MEETING, of, say, toldOf } from './resolutions-help.ts';

const decided = (more: Parameters<typeof decides>[1] = {}) => {
  const school = aSchool();
  return { school, ...decides(school, more) };
};

describe('a resolution is made with four clear things', () => {
  it('has its number, its checker and its owner told', () => {
    const { resolution, told } = decided();
    expect(resolution).toMatchObject({
      id: 'J1',
      number: 'D-2026-03-02-J1',
      state: 'waiting',
      checker: 'vice_principal',
      owner: 'dean',
    });
    expect([...told].sort()).toEqual(['dean', 'vice_principal']);
  });

  it.each([
    [{ deadline: '' }, /完成时限还没有写/],
    [{ deadline: '2月30日' }, /不是日历上的一天/],
    [{ deadline: '2026-11-20' }, /已经过去/],
    [{ deadline: '尽快' }, /不是日历上的一天/],
    [{ owner: '' }, /责任主体还没有写/],
    [{ owner: '张三丰' }, /名册里没有找到/],
    [{ goal: '抓好落实' }, /没法衡量/],
    [{ goal: '尽快完成有关工作' }, /没法衡量/],
    [{ measures: '高度重视，认真抓好落实' }, /没法衡量/],
    [{ measures: '' }, /推进措施还没有写/],
  ])('refuses %j', (wrong, says) => {
    const { school, refused, text } = decided({ four: { ...FOUR, ...wrong } });
    expect(refused).toBe('four-clear');
    expect(text).toMatch(says);
    expect(school.shown().records.resolution.size).toBe(0);
  });

  it('names everything that is missing at once', () => {
    expect(decided({ four: {} }).text).toMatch(/目标任务、推进措施、完成时限、责任主体/);
  });

  it.each([
    ['12月20日', '2026-12-20'],
    ['2026年12月20日', '2026-12-20'],
    ['12月底前', '2026-12-31'],
    ['1月15日', '2027-01-15'],
    ['12.20', '2026-12-20'],
  ])('reads %s as people write it', (written, day) => {
    expect(decided({ four: { ...FOUR, deadline: written, owner: '教务主任' } }).resolution).toMatchObject({
      deadline: day,
      owner: 'dean',
    });
  });

  it('is not made by a body that only studies', () => {
    const legs = [
      { body: 'principal', act: 'studies' },
      { body: 'party', act: 'decides' },
    ] as const;
    const meeting = { ...MEETING, body: 'principal' as const };
    expect(decided({ item: anItem({ legs }), meeting }).refused).toBe('studies-only');
  });

  it('has another checker than its owner', () => {
    expect(decided({ four: { ...FOUR, owner: 'vice_principal' } }).resolution!.checker).not.toBe('vice_principal');
  });
});

describe('progress', () => {
  it('starts, is blocked, tells the checker, and goes on when said so', () => {
    const { school } = decided();
    const first = say(school, 'dean', '/进展 J1 已完成招标，80% 佐证：中标通知书');
    expect(of(school, 'J1')).toMatchObject({
      state: 'running',
      progress: [{ by: 'dean', text: '已完成招标，80%', evidence: '中标通知书' }],
    });
    expect(first.reply.text).toMatch(/已记下 J1/);
    expect(say(school, 'dean', '/进展 J1 受阻').refused).toBe('needs-words');
    const blocked = say(school, 'dean', '/进展 J1 受阻 等财政批复');
    expect(of(school, 'J1').state).toBe('blocked');
    expect(toldOf(blocked)).toEqual(['vice_principal']);
    say(school, 'dean', '/进展 J1 在催办');
    expect(of(school, 'J1').state).toBe('blocked');
    say(school, 'dean', '/进展 J1 正常推进');
    expect(of(school, 'J1').state).toBe('running');
  });

  it('takes form values before words, and an id glued to the words', () => {
    const { school } = decided();
    say(school, 'dean', '/进展 J1已开标');
    say(school, 'dean', '/进展 J1 正常推进', { text: '已签约', evidence: '合同12号' });
    expect(of(school, 'J1').progress.map((p) => p.text)).toEqual(['已开标', '已签约']);
  });

  it('does not take 已完成 for closed: it asks for evidence', () => {
    const { school } = decided();
    expect(say(school, 'dean', '/进展 J1 已完成').refused).toBe('needs-evidence');
    say(school, 'dean', '/进展 J1 已完成', { evidence: '验收单12号' });
    expect(of(school, 'J1').state).toBe('done');
  });

  it('is refused to others with who can', () => {
    const { school } = decided();
    const ran = say(school, 'teacher', '/进展 J1 都好');
    expect(ran.refused).toBe('not-yours');
    expect(ran.reply.text).toMatch(/何副校长.*方主任.*陶主任/);
  });

  it('warns of 发文 within the publicity period', () => {
    const { school } = decided();
    say(school, 'office', '/公示 J1 5天');
    expect(of(school, 'J1').publicity).toEqual({ from: '2026-11-23', until: '2026-11-27' });
    expect(say(school, 'dean', '/进展 J1 已发文通知各部门').reply.text).toMatch(/公示期到2026年11月27日才结束/);
    school.to('2026-11-28T09:00:00+08:00');
    expect(say(school, 'dean', '/进展 J1 已发文通知各部门').reply.text).not.toMatch(/公示期/);
  });
});

describe('publicity', () => {
  it('is no shorter than five working days without what allows it', () => {
    const { school } = decided();
    const short = say(school, 'office', '/公示 J1 3天');
    expect(short.refused).toBe('too-short');
    expect(short.reply.text).toMatch(/建议值/);
    expect(say(school, 'teacher', '/公示 J1 5天').refused).toBe('not-yours');
    say(school, 'office', '/公示 J1 12月5日 3天 依据校服管理办法');
    expect(of(school, 'J1').publicity).toEqual({ from: '2026-12-05', until: '2026-12-09', basis: '校服管理办法' });
  });

  it('uses the days the school has set', () => {
    const school = aSchool({ school: { params: { publicize_days: '7' } } });
    decides(school);
    expect(say(school, 'office', '/公示 J1 5天').reply.text).toMatch(/不少于 7 个工作日（本校设定）/);
  });
});

describe('an extension', () => {
  it('needs a real later day and a reason, and the consent of whoever decided', () => {
    const { school } = decided();
    expect(say(school, 'dean', '/延期 J1 设备没到货').refused).toBe('needs-day');
    expect(say(school, 'dean', '/延期 J1 12月10日 设备没到货').refused).toBe('not-later');
    expect(say(school, 'dean', '/延期 J1 12月30日').refused).toBe('needs-reason');
    expect(toldOf(say(school, 'dean', '/延期 J1 因11月30日才到货，延到12月30日'))).toEqual(['secretary']);
    expect(of(school, 'J1').extensions[0]).toMatchObject({ until: '2026-12-30', why: '因11月30日才到货' });
    expect(of(school, 'J1').deadline).toBe('2026-12-20');
    expect(say(school, 'principal', '/延期 J1 同意').refused).toBe('not-yours');
    expect(say(school, 'dean', '/延期 J1 1月5日 再晚一些到货').refused).toBe('pending');
    expect(toldOf(say(school, 'secretary', '/延期 J1 同意'))).toContain('dean');
    expect(of(school, 'J1').deadline).toBe('2026-12-30');
  });

  it('refused keeps the day, and needs a reason', () => {
    const { school } = decided();
    say(school, 'dean', '/延期 J1 12月30日 设备没到货');
    expect(say(school, 'secretary', '/延期 J1 不同意').refused).toBe('needs-reason');
    say(school, 'secretary', '/延期 J1 不同意 开学前必须完成');
    expect(of(school, 'J1')).toMatchObject({ deadline: '2026-12-20', extensions: [{ answer: { granted: false } }] });
  });

  it('the second in a row goes back to the meeting: the chair alone cannot', () => {
    const { school } = decided();
    say(school, 'dean', '/延期 J1 12月30日 设备没到货');
    say(school, 'secretary', '/延期 J1 同意');
    const second = say(school, 'dean', '/延期 J1 1月15日 厂家又推迟');
    expect(second.reply.text).toMatch(/要回到党组织会议说明/);
    expect(second.reply.card!.actions[0]!.id).toMatch(/^\/议题 关于J1/);
    expect(say(school, 'secretary', '/延期 J1 同意').refused).toBe('meeting-only');
    expect(say(school, 'secretary', '/延期 J1 同意 J1').refused).toBe('meeting-only');
    expect(of(school, 'J1').deadline).toBe('2026-12-30');
    school.to('2026-12-01T09:00:00+08:00');
    decides(school, { item: anItem({ id: 'Y2', number: 'D-2026-04-01' }) });
    say(school, 'secretary', '/延期 J1 同意 J2');
    expect(of(school, 'J1')).toMatchObject({
      deadline: '2027-01-15',
      extensions: [{}, { toMeeting: true, answer: { decision: 'J2' } }],
    });
  });
});

describe('closing', () => {
  it('goes from owner to leader to office, in this order and by three people', () => {
    const { school } = decided();
    expect(say(school, 'vice_principal', '/销号 J1 佐证：验收单').refused).toBe('not-yours');
    expect(say(school, 'dean', '/销号 J1').refused).toBe('needs-evidence');
    expect(say(school, 'dean', '/销号 J1 已全部完成').refused).toBe('needs-evidence');
    expect(toldOf(say(school, 'dean', '/销号 J1 佐证：验收单12号、照片3张'))).toEqual(['vice_principal']);
    expect(of(school, 'J1')).toMatchObject({ state: 'done', closing: { evidence: '验收单12号、照片3张' } });
    const early = say(school, 'office', '/复核 J1 同意');
    expect(early.refused).toBe('not-your-turn');
    expect(early.reply.text).toMatch(/先由分管领导何副校长/);
    expect([...toldOf(say(school, 'vice_principal', '/复核 J1 同意'))].sort()).toEqual(['discipline', 'office']);
    const twice = say(school, 'vice_principal', '/复核 J1 同意');
    expect(twice.reply.text).toMatch(/不同的人/);
    say(school, 'discipline', '/复核 J1 同意');
    expect(of(school, 'J1')).toMatchObject({
      state: 'closed',
      closing: { reviewed: { by: 'vice_principal' }, checked: { by: 'discipline' } },
    });
    expect(say(school, 'dean', '/进展 J1 还在做').refused).toBe('closed');
  });

  it('is sent back with a reason and starts over', () => {
    const { school } = decided();
    say(school, 'dean', '/销号 J1 佐证：验收单12号');
    expect(say(school, 'vice_principal', '/复核 J1 退回').refused).toBe('needs-reason');
    expect(toldOf(say(school, 'vice_principal', '/复核 J1 退回 缺验收照片'))).toEqual(['dean']);
    expect(of(school, 'J1').state).toBe('running');
    expect(of(school, 'J1').closing).toBeUndefined();
  });

  it('the office checks nothing it owns itself', () => {
    const { school } = decided({ four: { ...FOUR, owner: 'office' } });
    say(school, 'office', '/销号 J1 佐证：验收单12号');
    say(school, 'vice_principal', '/复核 J1 同意');
    const own = say(school, 'office', '/复核 J1 同意');
    expect(own.reply.text).toMatch(/秦委员（纪检委员）复核；申请、审核、复核要由不同的人来做/);
  });

  it('in a school with a leadership of three one person may hold two hands of it', () => {
    const all = aSchool().roster.all;
    const members = all
      .filter((m) => ['secretary', 'office', 'teacher'].includes(m.id))
      .map((m) =>
        m.id === 'secretary'
          ? { ...m, roles: ['secretary', 'principal'] as const, bodies: ['party', 'principal'] as const }
          : m,
      );
    const school = aSchool({ members });
    decides(school, { item: anItem({ deputy: 'secretary' }), four: { ...FOUR, owner: 'office' } });
    say(school, 'office', '/销号 J1 佐证：验收单12号');
    say(school, 'secretary', '/复核 J1 同意');
    say(school, 'office', '/复核 J1 同意');
    expect(of(school, 'J1').state).toBe('closed');
  });

  it('is followed by evaluation and correction', () => {
    const { school } = decided();
    expect(say(school, 'office', '/评价 J1 效果很好满意').refused).toBe('not-closed');
    say(school, 'dean', '/销号 J1 佐证：验收单12号');
    say(school, 'vice_principal', '/复核 J1 同意');
    say(school, 'office', '/复核 J1 同意');
    expect(say(school, 'secretary', '/修正 J1 继续 照此执行').refused).toBe('not-evaluated');
    expect(say(school, 'dean', '/评价 J1').refused).toBe('needs-words');
    say(school, 'vice_principal', '/评价 J1 按期完成，满意度92%');
    expect(say(school, 'vice_principal', '/修正 J1 继续 照此执行').refused).toBe('not-yours');
    const adjusted = say(school, 'secretary', '/修正 J1 调整 明年扩大范围');
    expect(adjusted.reply.card!.actions.map((a) => a.id)).toEqual(['/复议 J1']);
    say(school, 'principal', '/修正 J1 终止 合同到期不再续');
    expect(of(school, 'J1')).toMatchObject({ state: 'ended', ended: { by: 'principal' } });
  });
});

it('is ended by the chair alone, with a reason, and everybody hears of it', () => {
  const { school } = decided();
  expect(say(school, 'principal', '/终止 J1 上级统一安排').refused).toBe('not-yours');
  expect(say(school, 'secretary', '/终止 J1').refused).toBe('needs-reason');
  expect([...toldOf(say(school, 'secretary', '/终止 J1 上级统一安排'))].sort()).toEqual([
    'dean',
    'office',
    'vice_principal',
  ]);
  expect(of(school, 'J1').state).toBe('ended');
});

describe('what is confidential', () => {
  const secret = () =>
    decided({ item: anItem({ ruling: { ...anItem().ruling, confidentiality: 'committee_only', cadre: true } }) });

  it('is as if it were not there for those who have no part in it', () => {
    const { school } = secret();
    expect(say(school, 'teacher', '/决议 J1').refused).toBe('unknown-resolution');
    expect(say(school, 'teacher', '/决议 全部').reply.text).not.toMatch(/食堂/);
    expect(say(school, 'dean', '/决议 J1').reply.text).toMatch(/食堂/);
  });

  it('is not spoken of in a group, refused or not', () => {
    const { school } = secret();
    expect(say(school, 'dean', '/决议 J1', {}, 'group').reply.text).toBe('这件事不在群里说，已经私聊您。');
    const refused = say(school, 'dean', '/进展 J1 受阻', {}, 'group');
    expect(refused.reply.text).toBe('这件事不在群里说，已经私聊您。');
    expect(refused.scene.tellings[0]!.reply.text).toMatch(/卡在哪里/);
    const early = say(school, 'secretary', '/复核 J1 同意', {}, 'group');
    expect(early.reply.text).toBe('这件事不在群里说，已经私聊您。');
    expect(early.scene.tellings[0]!.reply.text).not.toContain('群里');
    expect(say(school, 'dean', '/决议', {}, 'group').reply.text).not.toMatch(/食堂/);
  });
});
