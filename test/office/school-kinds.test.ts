import { describe, expect, it } from 'vitest';
import { meetingName } from '../../src/domain/minutes-text.ts';
import { COMMANDS } from '../../src/office/commands.ts';
import { aSchool } from './a-school.ts';

const command = (name: string) => COMMANDS.find((c) => c.name === name)!;
type School = ReturnType<typeof aSchool>;
const sayIn =
  (s: School) =>
  (member: string, name: string, words = '', values: Record<string, string> = {}, place?: 'group' | 'direct') =>
    s.run(command(name), member, words, values, place);
const item = (s: School, id: string) => s.shown().records.item.get(id)!;
const PRIVATE = { schoolTypes: ['民办', '义务教育'] as const };

describe('a private school', () => {
  it('has its board decide: the Party meeting gives its opinion and is never said to decide', () => {
    const s = aSchool({ school: PRIVATE });
    const ran = sayIn(s)('teacher', '议题', '更换食堂承包商 预算60万');
    expect(item(s, 'Y1').legs).toEqual([
      { body: 'principal', act: 'studies' },
      { body: 'party', act: 'reviews' },
      { body: 'other', act: 'decides', name: '董（理）事会' },
    ]);
    const card = JSON.stringify(ran.reply.card);
    expect(card).toContain('校长办公会议研究提出 → 党组织会议研究提出意见 → 董（理）事会决定');
    expect(card).not.toContain('党组织会议决定');
  });

  it('has the board’s word recorded with its evidence', () => {
    const s = aSchool({ school: PRIVATE });
    const say = sayIn(s);
    say('teacher', '议题', '更换食堂承包商 预算60万');
    const y = item(s, 'Y1');
    s.settle([{ kind: 'item', record: { ...y, leg: 2, state: 'ready' }, open: true }]);
    expect(say('office', '批复', 'Y1 通过').refused).toBe('no-evidence');
    const ran = say('office', '批复', 'Y1 通过 董事会应到9人实到8人同意7票');
    expect(ran.reply.text).toContain('董（理）事会通过');
    expect(item(s, 'Y1').state).toBe('decided');
  });

  it('leaves the Party organisation’s own affairs to it, and sends what no rule names to the board too', () => {
    const s = aSchool({ school: PRIVATE });
    const say = sayIn(s);
    say('dean', '议题', '讨论决定学校党建工作年度计划');
    expect(item(s, 'Y1').legs.at(-1)).toEqual({ body: 'party', act: 'decides' });
    say('secretary', '议题', '{body=party} 参加天文台联合观测项目');
    expect(item(s, 'Y2').legs.at(-1)).toMatchObject({ name: '董（理）事会' });
  });
});

describe('the names of the two meetings', () => {
  const school = { schoolTypes: ['义务教育'] as const, params: {} };
  it('are the kindergarten’s, the branch’s, or those the school has set', () => {
    expect(meetingName('principal', { ...school, schoolTypes: ['幼儿园'] })).toBe('园务会议');
    expect(meetingName('principal', { ...school, schoolTypes: ['民办', '幼儿园'] })).toBe('园务会议');
    expect(meetingName('principal', { ...school, schoolTypes: ['幼儿园', '义务教育'] })).toBe('校长办公会议');
    expect(meetingName('party', { ...school, orgType: '不设支委会的党支部' })).toBe('支部党员大会');
    expect(meetingName('principal', { ...school, params: { principal_meeting_name: '校务会议' } })).toBe('校务会议');
  });

  it('are used when a meeting is called', () => {
    const s = aSchool({ school: { schoolTypes: ['幼儿园'] } });
    const ran = sayIn(s)('office', '会议', '园务会议 11月27日 14:00 会议室');
    expect(s.shown().records.meeting.get('H1')!.body).toBe('principal');
    expect(ran.reply.card!.title).toContain('园务会议');
    const drafted = sayIn(s)('office', '议题', '更换食堂承包商 预算60万');
    expect(drafted.reply.card!.sections[0]!.lines[0]).toContain('园务会议研究提出 → 党组织会议决定');
  });
});

describe('the lists of 三重一大', () => {
  function withItems() {
    const s = aSchool();
    const say = sayIn(s);
    say('teacher', '议题', '更换食堂承包商 预算60万');
    say('secretary', '议题', '任命教务处主任');
    return { s, say };
  }
  const lines = (ran: { reply: { card?: { sections: readonly { lines: readonly string[] }[] } } }) =>
    ran.reply.card!.sections.flatMap((x) => x.lines).join('\n');

  it('show large sums, cadres and projects apart, by the word that asks for them', () => {
    const { say } = withItems();
    expect(lines(say('secretary', '议题', '大额'))).toMatch(/Y1.*60万元/);
    expect(lines(say('secretary', '议题', '大额'))).not.toContain('Y2');
    expect(lines(say('secretary', '议题', '任免清单'))).toContain('Y2');
    expect(say('secretary', '议题', '三重一大').reply.card!.sections).toHaveLength(4);
  });

  it('hold nothing confidential for those outside, nor in a group', () => {
    const { say } = withItems();
    for (const ran of [say('teacher2', '议题', '任免'), say('secretary', '议题', '任免', {}, 'group')]) {
      expect(JSON.stringify(ran.reply)).not.toContain('Y2');
      expect(ran.scene.tellings).toEqual([]);
    }
  });

  it('do not take a sentence for a list', () => {
    const { s, say } = withItems();
    say('teacher', '议题', '大额采购一批课桌椅 30万元');
    expect(s.shown().records.item.size).toBe(3);
  });
});

describe('lists to start from', () => {
  it('give headings only; each becomes a task when the school has filled in the four clear things', () => {
    const s = aSchool();
    const say = sayIn(s);
    const first = say('office', '清单', '模板 五项工程').reply;
    expect(first.card!.sections[0]!.lines[2]).toBe('3. 议事规则：还没有列任务');
    const form = first.card!.actions.find((a) => a.label === '填 议事规则')!;
    const fill = (values: Record<string, string>) => say('office', '清单', form.id.replace('/清单 ', ''), values);
    const good = { goal: '修订两会议事规则', measures: '起草、征求意见', deadline: '2026-12-20', owner: '方主任' };
    expect(fill({ ...good, deadline: '' }).refused).toBe('rows-incomplete');
    expect(fill(good).refused).toBeUndefined();
    expect([...s.shown().records.resolution.values()]).toMatchObject([
      { goal: '修订两会议事规则', source: { kind: 'list', list: '五项工程', row: '3' } },
    ]);
    expect(say('office', '清单', '模板 五项工程').reply.text).toContain('3. 议事规则：已列 R1');
    expect(say('teacher', '清单', form.id.replace('/清单 ', ''), good).refused).toBe('not-yours');
  });
});

describe('how often recurring duties were done', () => {
  it('counts the year and names the periods without a record', () => {
    const s = aSchool({ now: '2026-03-10T09:00:00+08:00' });
    const say = sayIn(s);
    say('deputy_secretary', '周期', 'P2 完成');
    s.to('2026-04-10T09:00:00+08:00');
    say('deputy_secretary', '周期', 'P2 完成');
    s.to('2026-07-02T09:00:00+08:00');
    const line = say('office', '周期', '频次').reply.card!.sections[0]!.lines.find((l) => l.startsWith('P2'))!;
    expect(line).toContain('今年已记2次');
    expect(line).toContain('没有记录：2026年5月、2026年6月');
    expect(line).not.toContain('2026年3月');
  });
});

describe('how the last decisions stand', () => {
  it('opens the agenda, with the lines for those inside only', () => {
    const s = aSchool();
    const say = sayIn(s);
    say('office', '会议', '党组织会议 11月27日 14:00 三楼会议室');
    s.settle([
      {
        kind: 'resolution',
        open: true,
        record: {
          id: 'J1',
          number: 'D-2026-01-01-J1',
          title: '校门改造',
          text: '会议决定：改造校门。',
          source: { kind: 'meeting', meeting: 'H0', item: 'Y0', body: 'party' },
          state: 'running',
          confidentiality: 'internal',
          goal: '改造校门',
          measures: '施工',
          deadline: '2026-11-20',
          owner: 'office',
          progress: [],
          extensions: [],
          createdAt: 0,
        },
      },
    ]);
    expect(say('office', '会议', 'H1 落实通报').reply.text).toMatch(/在办1项，逾期1项[\s\S]*校门改造/);
    const inGroup = say('office', '会议', 'H1 落实通报', {}, 'group');
    expect(inGroup.reply.text).not.toContain('校门改造');
    expect(say('teacher', '会议', 'H1 落实通报').refused).toBe('not-yours');
  });
});
