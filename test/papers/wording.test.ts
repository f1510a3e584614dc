import { describe, expect, it } from 'vitest';
import type { AgendaItem } from '../../src/domain/agenda-item.ts';
import type { Outcome } from '../../src/domain/meeting.ts';
import { outlineText } from '../../src/papers/outline/blocks.ts';
import { outlineFor } from '../../src/papers/paper.ts';
import type { Sources } from '../../src/papers/sources.ts';
import {
  again,
  cadre,
  canteen,
  contractor,
  member,
  partyMeeting,
  principalMeeting,
  school,
  sources,
} from './a-case.ts';

const text = (kind: string, more: Partial<Sources>) => outlineText(outlineFor(kind, sources(more)));
const line = (kind: string, more: Partial<Sources>, starts: string) =>
  text(kind, more)
    .split('\n')
    .find((l) => l.startsWith(starts));
const without = (item: AgendaItem, ...names: string[]): AgendaItem => ({
  ...item,
  fields: Object.fromEntries(Object.entries(item.fields).filter(([k]) => !names.includes(k))),
});

describe('minutes', () => {
  it('of a meeting that passes the item on say 研究提出 and to whom it goes, never 会议决定', () => {
    const said = text('minutes', { meeting: principalMeeting });
    expect(said).toContain('经研究，研究提出：采用公开招标方式，合同期2年，预算60万元，提交党组织会议讨论决定。');
    expect(said).not.toContain('会议决定');
  });
  it('of the meeting that decides say 会议决定, with owner and deadline', () => {
    const said = text('minutes', { meeting: partyMeeting });
    expect(said).toContain(
      '会议听取了林老师《关于更换食堂承包商的请示》的汇报。经研究，会议决定：同意按公开招标方式更换食堂承包商',
    );
    expect(said).toContain('由林老师负责，沈主席协办，2027年1月10日前完成。');
    expect(said).not.toContain('研究提出');
  });
  it.each([
    ['rejected', 'principal', '会议不同意《关于更换食堂承包商的请示》所提方案'],
    ['rejected', 'party', '会议不同意《关于更换食堂承包商的请示》所提方案'],
    ['deferred', 'principal', '暂缓作出决定'],
    ['deferred', 'party', '暂缓作出决定'],
    ['amended', 'principal', '研究提出：采用公开招标方式'],
    ['amended', 'party', '会议决定：同意按公开招标'],
  ] as const)('%s at the %s meeting: %s', (outcome, body, words) => {
    const meeting = body === 'party' ? partyMeeting : principalMeeting;
    const agenda = meeting.agenda.slice(0, 1).map((e) => ({ ...e, outcome: outcome as Outcome }));
    const said = text('minutes', { meeting: { ...meeting, agenda } });
    expect(said).toContain(words);
    if (body === 'principal') expect(said).not.toContain('会议决定');
  });
  it('tell the staff congress apart: the Party meeting lets the item go there', () => {
    const legs = [
      { body: 'party', act: 'reviews', done: { at: 0, meeting: 'H3', note: '' } },
      { body: 'congress', act: 'passes' },
      { body: 'party', act: 'decides' },
    ] as const;
    const items = new Map([['Y12', { ...canteen, legs }]]);
    const said = text('minutes', { meeting: partyMeeting, items });
    expect(said).toContain('提交教职工代表大会讨论通过');
    expect(said).not.toContain('会议决定');
  });
  it('take the sentence the register keeps as it is, and say nothing twice', () => {
    const kept = '研究提出：同意更换食堂承包商，提交党组织会议讨论决定。';
    const agenda = principalMeeting.agenda.map((e) => ({ ...e, text: kept }));
    const said = text('minutes', { meeting: { ...principalMeeting, agenda } });
    expect(said).toContain(`经研究，${kept}`);
    expect(said.split('研究提出')).toHaveLength(2);
    expect(said.split('提交党组织会议')).toHaveLength(2);
  });
  it('say which items ended without a decision, and leave a line where nothing is written yet', () => {
    const [first] = principalMeeting.agenda;
    const { outcome: _o, text: _t, ...open } = first!;
    const of = (entry: object) =>
      text('minutes', { meeting: { ...principalMeeting, agenda: [{ ...open, ...entry }] } });
    expect(of({})).toContain('经研究，____________');
    expect(of({ left: '回避后到会人数不足' })).toContain('本次未形成决定：回避后到会人数不足。');
  });
  it('hold no votes and nobody’s opinion', () => {
    expect(text('minutes', { meeting: partyMeeting })).not.toMatch(/票|宜重新公开选择|缓议/);
  });
  it('are a draft until they are signed', () => {
    const { minutes: _, ...unsigned } = partyMeeting;
    expect(text('minutes', { meeting: unsigned })).toContain('（送签稿）');
    expect(text('minutes', { meeting: unsigned })).toContain('签发：____________');
    expect(text('minutes', { meeting: partyMeeting })).not.toContain('送签稿');
  });
  it('end with whom they go to and when they were printed', () => {
    expect(text('minutes', { meeting: partyMeeting })).toMatch(
      /分送：周书记.*各责任主体。\n议事示范学校办公室　2026年11月26日印发$/,
    );
  });
  it('do not exist before the meeting is over', () => {
    const open = { ...partyMeeting, state: 'open' as const };
    expect(() => text('minutes', { meeting: open })).toThrow(expect.objectContaining({ code: 'not-yet', status: 409 }));
    expect(() => text('record', { meeting: { ...open, state: 'called' } })).toThrow(
      expect.objectContaining({ code: 'not-yet' }),
    );
  });
});

describe('restricted items', () => {
  const papers = ['notice', 'agenda', 'minutes'] as const;
  it.each(papers)('are named in the %s to members, and to nobody else', (kind) => {
    for (const id of ['secretary', 'discipline', 'office'])
      expect(text(kind, { meeting: partyMeeting, reader: member(id) })).toContain('总务处副主任人选');
    for (const reader of [member('union'), member('teacher'), undefined]) {
      const said = text(kind, { meeting: partyMeeting, reader });
      expect(said).not.toContain('副主任');
      expect(said).not.toContain('补充考察材料');
      expect(said).toContain('本项另行通知相关人员');
    }
  });
  it('mark the paper for those who see them', () => {
    expect(text('minutes', { meeting: partyMeeting })).toContain('仅限会议成员和知情人');
    expect(text('minutes', { meeting: partyMeeting, reader: member('union') })).not.toContain('仅限会议成员和知情人');
    expect(text('item-form', { item: cadre })).toContain('仅限会议成员和知情人');
  });
});

describe('the record', () => {
  it('gives what each member said, the chair last, the count with its sum and how it ended', () => {
    const said = text('record', { meeting: partyMeeting, reader: member('secretary') });
    expect(said).toMatch(/1\. 郑校长：同意。.*\n2\. 秦委员：同意。.*\n3\. 周书记：同意。/);
    expect(said).toContain('记名表决，同意3票，不同意0票，弃权0票，缓议0票，合计3票。');
    expect(said).toContain('实　到：4人：周书记、郑校长、何副校长、秦委员');
    expect(said).toContain('缺　席：1人：孙副书记（外出培训）');
    expect(said).toContain('孙副书记的书面意见：同意公开招标。');
    expect(said).toContain('主持人签名：\n记录人签名：');
  });
  it('keeps the discussion from the member who stood back', () => {
    const said = text('record', { meeting: partyMeeting, reader: member('vice_principal') });
    expect(said).not.toContain('宜重新公开选择');
    expect(said).not.toContain('同意3票');
    expect(said).toContain('您已回避');
  });
  it('leaves lines to fill in where no vote was counted', () => {
    expect(text('record', { meeting: partyMeeting })).toContain('方式____________，同意____票');
  });
});

describe('the item form', () => {
  it('writes the amount in capitals and figures, and marks what nobody has checked', () => {
    const budget = (state: 'open' | 'passed') => canteen.gates.map((g) => (g.code === 'budget' ? { ...g, state } : g));
    expect(line('item-form', { item: canteen }, '金额')).toBe('金额｜人民币陆拾万元整（600,000元，含税）〔待核〕');
    expect(line('item-form', { item: { ...canteen, gates: budget('passed') } }, '金额')).toBe(
      '金额｜人民币陆拾万元整（600,000元，含税）',
    );
  });
  it('leaves an amount as it was written where it is none, and asks about tax where nobody said', () => {
    const amount = (text: string) => ({ ...without(canteen, 'tax'), gates: [], fields: { amount: text } });
    expect(line('item-form', { item: amount('约60万，待询价') }, '金额')).toBe('金额｜约60万，待询价');
    expect(line('item-form', { item: amount('80万元（不含税）') }, '金额')).toBe(
      '金额｜人民币捌拾万元整（800,000元，不含税）',
    );
    expect(line('item-form', { item: amount('80000') }, '金额')).toContain('是否含税：____________');
  });
  it('asks the meeting in one sentence, or leaves the line', () => {
    expect(text('item-form', { item: canteen })).toContain('请审议是否同意按方案一公开招标确定食堂承包商，预算60万元');
    expect(text('item-form', { item: without(canteen, 'decision_asked') })).toContain('请审议是否同意____________');
  });
  it('tells that the talks were held and how they ended, not what was said', () => {
    const said = text('item-form', { item: canteen });
    expect(said).toContain('有分歧暂缓　周书记登记　2026年11月20日\n无重大分歧　周书记登记　2026年11月23日');
    expect(said).not.toMatch(/合同期限有不同看法|全程监督开标/);
  });
  it('shows each gate with its state, person and evidence', () => {
    const said = text('item-form', { item: canteen });
    expect(said).toContain('2｜调研论证与方案比选｜已完成｜林老师\n2026年11月11日｜调研报告.docx');
    expect(said).toContain('3｜核对预算指标与资金来源｜未完成｜｜');
  });
});

describe('the other papers', () => {
  it('notice: who, when, where, how many are needed, and what is not set', () => {
    const said = text('notice', { meeting: partyMeeting });
    expect(said).toContain(
      '兹定于2026年11月25日15:30在党员活动室召开2026年第3次党组织会议，由周书记（党委书记）主持。',
    );
    expect(said).toContain('须三分之二以上成员到会');
    expect(said).toContain('本校未设定（建议值：2个工作日）');
    expect(text('notice', { meeting: principalMeeting })).toContain('须半数以上成员到会');
    expect(
      text('notice', { meeting: partyMeeting, school: { ...school, params: { notice_lead: '会前3天' } } }),
    ).toContain('提前量：会前3天。');
  });
  it('agenda: the sponsor reports where the leader stands back', () => {
    expect(line('agenda', { meeting: partyMeeting }, '1｜')).toBe('1｜关于更换食堂承包商的请示');
    expect(text('agenda', { meeting: partyMeeting })).toContain('D-2026-03-02｜讨论决定｜林老师｜');
    expect(text('agenda', { meeting: principalMeeting })).toContain('｜研究提出方案｜');
  });
  it('follow-up: the four clear things, progress, the extension and who granted it', () => {
    const said = text('follow-up', { resolution: contractor, meeting: partyMeeting });
    for (const part of [
      contractor.goal,
      contractor.measures,
      '2027年1月10日',
      '林老师（教师）',
      '招标公告已发布，报名3家',
      '公告截图.png',
    ])
      expect(said).toContain(part);
    expect(said).toContain('第一次开标流标｜2027年1月25日｜同意\n周书记　2026年12月21日');
    expect(said).toContain('来源会议｜党会〔2026〕第3次');
    expect(said).toContain('公示期｜2026年12月28日至2027年1月4日');
  });
  it('reconsideration: names the resolution, what changed and what is proposed; there is none without one', () => {
    const said = text('reconsideration', { item: again, resolution: contractor, meeting: partyMeeting });
    for (const part of ['J5（D-2026-03-02-J1）', '条件变化', '公开招标两次流标', '现承包商过渡供餐至2027年3月31日'])
      expect(said).toContain(part);
    expect(said).toContain('作出新决定前原决议继续有效');
    expect(() => text('reconsideration', { item: canteen })).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
  it('say the same “not there” for a kind or a record that does not exist', () => {
    for (const kind of ['item-form', 'minutes', 'folder', 'constructor', 'what'])
      expect(() => text(kind, {})).toThrow(expect.objectContaining({ code: 'not-found', status: 404 }));
  });
});
