import { describe, expect, it } from 'vitest';
import { aMeetingSchool, anItem, CADRE, FOUR } from './meetings-support.ts';

const ALL = ['principal', 'deputy_secretary', 'vice_principal', 'discipline', 'secretary'];
type School = ReturnType<typeof aMeetingSchool>;
const allAgree = (s: School, who = ALL) => who.forEach((m) => s.say('/表态 同意', m));

describe('opening', () => {
  it('opens with half of those due here', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.called();
    expect(s.say('/到会 H1', 'secretary').refused).toBe('not-today');
    s.to('2026-11-27T13:55:00+08:00');
    s.say('/到会', 'discipline');
    expect(s.say('/开会 H1').refused).toBe('too-few-yet');
    s.say('/到会 H1', 'office', { at_secretary: '到会', at_principal: '到会', at_vice_principal: '未到' });
    expect(s.say('/会议 H1 开会').reply.text).toContain('应到5人，实到3人，够开会（至少3人）');
    expect(s.meeting()).toMatchObject({ state: 'open', present: ['discipline', 'secretary', 'principal'] });
  });

  it('fails below half: items go back, the office is told, a next date is asked for', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.called();
    s.to('2026-11-27T14:00:00+08:00');
    const { reply, scene } = s.say('/到会 H1 周书记 郑校长 开会', 'secretary');
    expect(s.meeting()).toMatchObject({ state: 'failed', agenda: [{ left: '未达到会人数' }] });
    expect(s.item().state).toBe('ready');
    expect(reply.card?.actions.map((a) => [a.id, a.fields?.length])).toEqual([['/会议 党组织会议', 3]]);
    expect(scene.tellings.map((t) => t.to)).toContainEqual({ member: 'office' });
  });

  it('waits for a chair: a deputy is entrusted first', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.opened('郑校长', '孙副书记', '何副校长');
    expect(s.meeting().state).toBe('called');
    const refused = s.say('/开会');
    expect(refused.refused).toBe('no-chair');
    expect(refused.reply.card?.actions[0]?.id).toBe('/会议 H1 主持 孙副书记');
    s.say('/会议 H1 主持 孙副书记', 'secretary');
    s.say('/开会');
    expect(s.meeting()).toMatchObject({ state: 'open', chair: 'deputy_secretary' });
  });

  it('counts the school’s own number where it is larger than the roster, and says so', () => {
    const s = aMeetingSchool([anItem('Y1')], { partyMembers: 7 });
    s.called();
    s.to('2026-11-27T14:05:00+08:00');
    const { reply } = s.say('/到会 H1 周书记 郑校长 孙副书记');
    expect(reply.text).toContain('应到7人，实到3人，还差1人');
    expect(reply.text).toContain('按学校设定的7人计，名册上只有5人');
  });

  it('lets nobody else register others, and knows who sits in', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.opened();
    expect(s.say('/到会 H1 秦委员', 'discipline').refused).toBeUndefined();
    expect(s.say('/到会 H1 周书记', 'discipline').refused).toBe('not-yours');
    s.say('/到会 H1 林老师');
    expect(s.meeting().observers).toEqual(['teacher']);
    expect(s.meeting().present).not.toContain('teacher');
    expect(s.say('/到会 H1 张三').refused).toBe('who');
  });
});

describe('an item at the meeting', () => {
  it('runs from report to resolution, the chair last', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.opened();
    expect(s.say('/表态 同意', 'discipline').refused).toBe('not-discussed');
    s.say('/议 H1 Y1');
    const early = s.say('/表态 同意', 'secretary');
    expect(early.refused).toBe('chair-last');
    expect(early.reply.text).toContain('郑校长、孙副书记、何副校长、秦委员没有表态');
    expect(s.say('/表态 同意', 'teacher').refused).toBe('no-vote');
    allAgree(s, ALL.slice(0, 4));
    s.say('/表态 同意 按方案办', 'secretary');
    expect(s.entry().opinions.at(-1)).toEqual({ member: 'secretary', stance: '同意', words: '按方案办' });
    const missing = s.say('/结果 Y1 通过');
    expect(missing.refused).toBe('four-clear');
    expect(missing.reply.card?.actions[0]?.fields?.map((f) => f.name)).toEqual([
      'text',
      'goal',
      'measures',
      'deadline',
      'owner',
      'coowner',
    ]);
    expect(s.entry().state).toBe('discussing');
    const done = s.say('/结果 Y1 通过', 'office', FOUR);
    expect(done.refused).toBeUndefined();
    expect(s.entry()).toMatchObject({
      state: 'decided',
      outcome: 'adopted',
      text: '会议决定：同意更换食堂承包商。',
      vote: { method: '口头', for: 5, against: 0, abstain: 0, defer: 0 },
      took: ['secretary', 'principal', 'deputy_secretary', 'vice_principal', 'discipline'],
      chair: 'secretary',
      resolution: 'J1',
    });
    expect(s.item()).toMatchObject({ state: 'decided', resolutions: ['J1'] });
    expect(done.scene.tellings.map((t) => t.to)).toEqual(
      expect.arrayContaining([{ member: 'teacher' }, { member: 'vice_principal' }]),
    );
    const outside = done.scene.tellings.find((t) => 'member' in t.to && t.to.member === 'teacher');
    expect(outside?.reply.text).not.toMatch(/\d票|同意5/);
  });

  it('reads the four clear things from words', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.opened();
    s.say('/议 Y1');
    s.say('/表决 举手 同意五票 反对0');
    s.say(
      '/结果 通过 更换承包商，合同一年一签。目标：12月31日前新承包商进场；措施：12月招标、月底交接；时限：12月31日；责任：何副校长；协办：总务处',
    );
    expect(s.shown().records.resolution.get('J1')).toMatchObject({
      deadline: '2026-12-31',
      owner: 'vice_principal',
      measures: '12月招标、月底交接',
      coowner: '总务处',
    });
    expect(s.entry().text).toBe('会议决定：更换承包商，合同一年一签。');
  });

  it('refuses counts that do not add up and outcomes below the threshold, with the sum', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.opened('周书记', '郑校长', '孙副书记', '秦委员');
    s.say('/议 Y1');
    const sum = s.say('/表决 举手 同意5 反对0 弃权0 缓议0');
    expect(sum.refused).toBe('sum');
    expect(sum.reply.text).toContain('共5票；实到4人，应为4票');
    const close = s.say('/表决 举手 同意2 不同意1 弃权1');
    expect(close.reply.text).toContain('接近，除紧急情况外建议暂缓');
    const below = s.say('/结果 通过', 'office', FOUR);
    expect(below.refused).toBe('below-threshold');
    expect(below.reply.text).toContain('应到5人，过半数要3票，同意2票（通行值，待学校确认），不能记为通过');
    s.say('/表决 举手 同意3 不同意1');
    expect(s.say('/结果 不通过').refused).toBe('above-threshold');
    s.say('/表决 举手 同意1 不同意3');
    s.say('/结果 不通过 方案不成熟');
    expect(s.entry()).toMatchObject({
      outcome: 'rejected',
      text: '会议不同意《关于更换食堂承包商的请示》所提方案：方案不成熟。',
    });
    expect(s.item().state).toBe('decided');
    expect(s.shown().records.resolution.size).toBe(0);
  });

  it('defers with a day to talk again', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.opened();
    s.say('/议 Y1');
    const { scene } = s.say('/结果 暂缓 再比选两家，12月4日再议');
    expect(s.item()).toMatchObject({ state: 'deferred', talkAgainOn: '2026-12-04' });
    expect(scene.tellings[0]?.reply.text).toContain('再沟通日期：2026年12月4日');
  });

  it('needs a text where the proposal was amended', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.opened();
    s.say('/议 Y1');
    s.say('/表决 举手 同意5');
    expect(s.say('/结果 修改后通过', 'office', FOUR).refused).toBe('amended-text');
    s.say('/结果 修改后通过 合同改为一年', 'office', FOUR);
    expect(s.entry()).toMatchObject({ outcome: 'amended', text: '会议决定：合同改为一年。' });
  });

  it('deals with one item at a time', () => {
    const s = aMeetingSchool([anItem('Y1'), anItem('Y2')]);
    s.opened();
    s.say('/议 Y1');
    expect(s.say('/议 Y2').refused).toBe('one-at-a-time');
    expect(s.say('/散会').refused).toBe('undecided');
  });
});

describe('standing back', () => {
  it('applies what is known from the item, takes no opinion of that member, counts without', () => {
    const s = aMeetingSchool([anItem('Y1', { recusals: [{ member: 'vice_principal', why: '供应商是亲属' }] })]);
    s.opened();
    expect(s.say('/议 Y1').reply.text).toContain('何副校长回避，请离场');
    expect(s.say('/表态 同意', 'vice_principal').refused).toBe('recused');
    expect(s.say('/表决 举手 同意5').refused).toBe('sum');
    s.say('/表决 举手 同意4');
    s.say('/结果 通过', 'office', { ...FOUR, owner: 'deputy_secretary' });
    expect(s.entry().took).not.toContain('vice_principal');
  });

  it('stops the item when too few are left', () => {
    const s = aMeetingSchool([anItem('Y1'), anItem('Y2')]);
    s.opened('周书记', '郑校长', '孙副书记');
    s.say('/议 Y1');
    s.say('/表态 同意', 'principal');
    const { reply } = s.say('/回避 Y1 供应商是亲属', 'principal');
    expect(reply.text).toContain('其中1人回避，能参加的2人；须半数到会，至少3人');
    expect(s.entry()).toMatchObject({ state: 'waiting', opinions: [], recused: ['principal'] });
    expect(s.say('/议 Y1').refused).toBe('quorum');
    expect(s.say('/议 Y2').refused).toBeUndefined();
  });

  it('hands the chair to the deputy secretary, who then speaks last', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.opened();
    s.say('/回避 Y1 本人亲属参加投标', 'secretary');
    const start = s.say('/议 Y1');
    expect(start.reply.text).toContain('周书记不能主持这一项，由孙副书记主持');
    expect(s.say('/表态 同意', 'deputy_secretary').refused).toBe('chair-last');
    allAgree(s, ['principal', 'vice_principal', 'discipline']);
    expect(s.say('/表态 同意', 'deputy_secretary').refused).toBeUndefined();
    s.say('/结果 通过', 'office', FOUR);
    expect(s.entry()).toMatchObject({ chair: 'deputy_secretary', outcome: 'adopted' });
  });

  it('voids a vote when somebody leaves or comes', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.opened('周书记', '郑校长', '孙副书记', '秦委员');
    s.say('/议 Y1');
    s.say('/表决 举手 同意4');
    expect(s.say('/到会 H1 离会', 'discipline').reply.text).toContain('请重新表决');
    expect(s.entry().vote).toBeUndefined();
    s.say('/表决 举手 同意3');
    s.say('/到会 H1 何副校长');
    expect(s.entry().vote).toBeUndefined();
  });
});

describe('cadre matters', () => {
  const cadre = anItem('Y2', { title: '关于提任教务主任的请示', ruling: CADRE });

  it('need two thirds here, while others can be dealt with', () => {
    const s = aMeetingSchool([anItem('Y1'), cadre]);
    s.opened('周书记', '郑校长', '孙副书记');
    const refused = s.say('/议 Y2');
    expect(refused.refused).toBe('quorum');
    expect(refused.reply.text).toContain('干部议题须三分之二到会，至少4人');
    expect(s.say('/议 Y1').refused).toBeUndefined();
  });

  it('are voted on secretly or by name, never by hands', () => {
    const s = aMeetingSchool([cadre]);
    s.opened();
    s.say('/议 Y2');
    expect(s.say('/表决 举手 同意5').refused).toBe('method');
    expect(s.say('/表决 记名').refused).toBe('stances');
    allAgree(s, ALL.slice(0, 4));
    s.say('/表态 不同意 再考察', 'secretary');
    expect(s.say('/表决 记名 同意5').refused).toBe('counts');
    s.say('/表决 记名');
    expect(s.entry('Y2').vote).toEqual({ method: '记名', for: 4, against: 1, abstain: 0, defer: 0 });
    expect(s.say('/表态 同意', 'secretary').refused).toBe('voted');
    s.say('/表决 无记名 同意4 反对1');
    expect(s.entry('Y2').vote?.method).toBe('无记名');
  });

  it('are kept out of the group: neither title nor opinions nor votes are said there', () => {
    const s = aMeetingSchool([anItem('Y1'), cadre]);
    s.opened();
    const heard = (line: string, by = 'office', values = {}) => JSON.stringify(s.say(line, by, values, 'group').reply);
    expect(heard('/议 Y2')).not.toContain('提任');
    for (const m of ALL) expect(heard('/表态 Y2 不同意 还不成熟', m)).not.toMatch(/提任|不成熟/);
    expect(heard('/表决 Y2 无记名 同意1 反对4')).not.toMatch(/提任|同意1/);
    expect(heard('/结果 Y2 不通过')).not.toContain('提任');
    s.say('/议 Y1');
    expect(heard('/表态 Y1 同意 价格合适', 'discipline')).not.toContain('价格合适');
    const voted = s.say('/表决 Y1 举手 同意5', 'office', {}, 'group');
    expect(JSON.stringify(voted.reply)).not.toContain('同意5');
    expect(voted.scene.tellings[0]).toMatchObject({
      to: { member: 'office' },
      reply: { text: expect.stringContaining('同意5') },
    });
  });
});

describe('the principal’s meeting', () => {
  const legs = [
    { body: 'principal', act: 'studies' },
    { body: 'party', act: 'decides' },
  ] as const;
  function heldBy(s: School) {
    s.say('/会议 校长办公会议 11月27日 9:00 二楼会议室');
    s.say('/议程 H1 全部');
    s.say('/会议 H1 通知');
    s.to('2026-11-27T09:00:00+08:00');
    s.say('/到会 H1 郑校长 何副校长 陶主任 开会');
    s.say('/议 Y1');
  }

  it('only proposes what goes on to the Party meeting: 研究提出, and no resolution', () => {
    const s = aMeetingSchool([anItem('Y1', { legs })]);
    heldBy(s);
    const unheard = s.say('/结果 通过');
    expect(unheard.refused).toBe('unheard');
    expect(unheard.reply.text).toContain('何副校长、陶主任');
    s.say('/表态 何副校长 同意');
    s.say('/表态 不同意', 'dean');
    s.say('/结果 通过 会议决定更换承包商');
    expect(s.entry().text).toBe('研究提出：更换承包商，提交党组织会议讨论决定。');
    expect(s.shown().records.resolution.size).toBe(0);
    expect(s.item()).toMatchObject({ state: 'preparing', leg: 1 });
    s.say('/散会');
    expect(s.say('/纪要 H1').reply.text).toContain('研究提出：更换承包商');
    expect(s.say('/纪要 H1').reply.text).not.toContain('会议决定');
  });

  it('takes votes as advice: the principal decides after hearing all', () => {
    const s = aMeetingSchool([anItem('Y1', { legs: [{ body: 'principal', act: 'decides' }] })]);
    heldBy(s);
    expect(s.say('/表决 举手 同意1 反对2').reply.text).toContain('表决供参考');
    expect(s.say('/结果 通过', 'principal', FOUR).refused).toBeUndefined();
    expect(s.entry().resolution).toBe('J1');
  });
});

describe('schools of other shapes', () => {
  const person = (id: string, roles: readonly string[], bodies: readonly string[]) =>
    ({ id, name: `${id}某`, title: id, roles, bodies, accounts: [] }) as never;
  const dual = [
    person('shu', ['secretary', 'principal'], ['party', 'principal']),
    person('fu', ['deputy_secretary'], ['party']),
    person('xiao', ['vice_principal'], ['party', 'principal']),
    person('ban', ['office'], []),
  ];

  it('one person in both offices: says in which capacity, votes on money by name or secretly, the deputy secretary steps in', () => {
    const s = aMeetingSchool(
      [anItem('Y1', { sponsor: 'xiao', fields: { amount: '600000' } })],
      { dualRole: true, partyMembers: 3, adminMembers: 2 },
      { members: dual },
    );
    const run = (line: string, values = {}) => s.say(line, 'ban', values);
    run('/会议 党组织会议 11月27日 14:00 三楼');
    expect(run('/会议 H1').reply.card?.footer).toContain('shu某此刻是书记身份');
    run('/议程 H1 Y1');
    expect(run('/会议 H1 通知').reply.text).toContain('班子3人，三分之二即2人');
    s.to('2026-11-27T14:05:00+08:00');
    run('/到会 H1 全体 开会');
    run('/回避 Y1 shu某 本人亲属投标');
    expect(run('/议 Y1').reply.text).toContain('由fu某主持');
    expect(run('/表决 举手 同意2').refused).toBe('method');
    s.say('/表态 同意', 'xiao');
    s.say('/表态 同意', 'fu');
    expect(run('/结果 通过', { ...FOUR, owner: 'xiao' }).refused).toBe('no-vote');
    run('/表决 记名');
    expect(run('/结果 通过', { ...FOUR, owner: 'xiao' }).refused).toBeUndefined();
  });

  it('a leadership of two is advised to ask the superior', () => {
    const s = aMeetingSchool([], { partyMembers: 0 }, { members: [dual[0]!, dual[1]!, dual[3]!] });
    expect(s.say('/会议 党组织会议 11月27日 14:00 三楼', 'ban').reply.card?.sections[0]?.lines[0]).toContain(
      '请上级党组织派员或联席',
    );
  });

  it('counts written opinions only where the school’s rules say so', () => {
    const s = aMeetingSchool([anItem('Y1')], { params: { absent_opinion_counts: '是', pass_rule: '应到过半数' } });
    s.called();
    s.say('/请假 H1 出差 意见：Y1 同意', 'discipline');
    s.to('2026-11-27T14:05:00+08:00');
    s.say('/到会 H1 周书记 郑校长 孙副书记 开会');
    expect(s.say('/议 Y1').reply.text).toContain('秦委员的书面意见，请宣读：同意');
    expect(s.say('/表决 举手 同意2 反对1').refused).toBe('sum');
    s.say('/表决 举手 同意3 反对1');
    expect(s.say('/结果 通过', 'office', FOUR).refused).toBeUndefined();
  });
});

describe('closing and minutes', () => {
  it('sends back what was not dealt with, then the secretary signs', () => {
    const s = aMeetingSchool([anItem('Y1'), anItem('Y2', { ruling: CADRE, title: '关于提任教务主任的请示' })]);
    s.opened();
    s.say('/到会 H1 林老师');
    s.say('/议 Y1');
    s.say('/表决 举手 同意5');
    s.say('/结果 通过', 'office', FOUR);
    expect(s.say('/纪要 H1 签发', 'secretary').refused).toBe('state');
    expect(s.say('/散会').refused).toBe('undecided');
    const closed = s.say('/散会 时间不够');
    expect(closed.reply.text).toContain('纪要请周书记在2026年12月2日前签发（3个工作日（建议值，本校未设定））');
    expect(s.item('Y2').state).toBe('ready');
    const { reply } = s.say('/纪要 H1');
    expect(reply.text).toContain('2026年11月27日14:00，在三楼会议室召开党组织会议（党会〔2026〕第1次），由周书记主持');
    expect(reply.text).toContain(
      '会议听取了林老师《关于更换食堂承包商的请示》的汇报。经研究，会议决定：同意更换食堂承包商。',
    );
    expect(reply.papers?.map((p) => p.kind)).toEqual(['notice', 'agenda', 'record', 'minutes']);
    expect(s.say('/纪要 H1', 'teacher').reply.text).not.toContain('提任');
    expect(s.say('/纪要 H1', 'teacher').reply.papers).toEqual([]);
    expect(s.say('/纪要 H1', 'teacher2').refused).toBe('not-yours');
    expect(s.say('/纪要 H1', 'office', {}, 'group').reply.text).toBe('党会〔2026〕第1次的纪要已经私聊您。');
    expect(s.say('/纪要 H1 签发', 'principal').refused).toBe('not-yours');
    s.to('2026-12-03T10:00:00+08:00');
    expect(s.say('/纪要 H1 签发', 'secretary').reply.text).toContain('已超过签发时限');
    expect(s.meeting().minutes?.signedBy).toBe('secretary');
    expect(s.say('/纪要 H1 签发', 'secretary').refused).toBe('signed');
  });

  it('lets somebody entrusted sign', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.opened();
    s.say('/散会 临时有事');
    s.say('/纪要 H1 委托 孙副书记', 'secretary');
    expect(s.say('/纪要 H1 签发', 'deputy_secretary').refused).toBeUndefined();
  });
});

describe('mistakes at the meeting', () => {
  it('lets a recusal noted by mistake be taken back before the item is discussed', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.opened();
    s.say('/回避 H1 Y1 秦委员 亲属');
    expect(s.say('/回避 H1 Y1 何副校长 撤回').refused).toBe('not-recused');
    expect(s.say('/回避 H1 Y1 秦委员 撤回').refused).toBeUndefined();
    expect(s.entry().recused).toEqual([]);
    expect(s.item().recusals).toEqual([]);
  });

  it('tells a member whose own word somebody else has changed', () => {
    const s = aMeetingSchool([anItem('Y1')]);
    s.opened();
    s.say('/议 H1 Y1');
    s.say('/表态 H1 Y1 不同意 价格偏高', 'discipline');
    const { scene } = s.say('/表态 H1 Y1 秦委员 同意');
    expect(scene.tellings[0]).toMatchObject({ to: { member: 'discipline' } });
    expect(scene.tellings[0]!.reply.text).toContain('由“不同意”改记为“同意”');
  });
});
