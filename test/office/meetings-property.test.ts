import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openGates } from '../../src/domain/agenda-item.ts';
import type { Entry, Meeting } from '../../src/domain/meeting.ts';
import type { CardAction } from '../../src/domain/message.ts';
import { MEETING_COMMANDS } from '../../src/office/meetings/commands.ts';
import { aMeetingSchool, anItem, CADRE, FOUR } from './meetings-support.ts';

const PARTY = ['secretary', 'deputy_secretary', 'principal', 'vice_principal', 'discipline'];
const BODIES = { party: PARTY, principal: ['principal', 'vice_principal', 'union', 'office', 'dean'] };
const PEOPLE = [...PARTY, 'office', 'office', 'office', 'union', 'dean', 'teacher', 'teacher2'];
const gate = { code: 'legal', name: '合法性审查', leg: 0, state: 'open' as const, records: [] };
const BOTH = [
  { body: 'principal', act: 'studies' },
  { body: 'party', act: 'decides' },
] as const;

const theItems = () => [
  anItem('Y1', { recusals: [{ member: 'vice_principal', why: '亲属投标' }] }),
  anItem('Y2', { title: '关于提任教务主任的请示', ruling: CADRE, sponsor: 'deputy_secretary' }),
  anItem('Y3', { state: 'preparing', gates: [gate] }),
  anItem('Y4', { ruling: { large: true } }),
  anItem('Y5'),
  anItem('Y6', { legs: BOTH }),
  anItem('Y7', { gates: [gate] }),
];

const H = ['', 'H1', 'H2'];
const Y = ['', 'Y1', 'Y2', 'Y3', 'Y4', 'Y5', 'Y6', 'Y7'];
const NAMES = ['周书记', '郑校长', '孙副书记', '何副校长', '秦委员', '沈主席', '林老师'];
const one = (...of: readonly string[]) => fc.constantFrom(...of);
const line = (...parts: readonly fc.Arbitrary<string>[]) =>
  fc.tuple(...parts).map((p) => p.filter((x) => x !== '').join(' '));

const typed = fc.oneof(
  line(
    one('/会议 党组织会议', '/会议 校务会', '/会议 H1 改期', '/会议 H2 改期'),
    one('11月23日', '11月27日', '12月1日'),
    one('14:00 三楼'),
  ),
  line(
    one('/会议'),
    one(...H),
    one('通知 紧急：上级要求', '通知', '开会', '已读', '取消 不开了', '未达到会人数', '主持 孙副书记', '主持 周书记'),
  ),
  line(one('/议程'), one(...H), one(...Y, '全部', '排序'), one('', '紧急：急用', '撤下 缓一缓', '第1 20分钟')),
  line(one('/请假'), one(...H), one('出差', '住院 意见：Y1同意', '撤回')),
  line(
    one('/到会'),
    one(...H),
    fc.subarray(NAMES).map((n) => n.join('、')),
    one('', '', '开会', '离会'),
  ),
  line(one('/议'), one(...H), one(...Y)),
  line(one('/回避'), one(...Y), one('', ...NAMES), one('近亲属')),
  line(one('/表态'), one(...Y), one('', '', ...NAMES), one('同意', '不同意', '缓议 再看看')),
  line(
    one('/表决'),
    one(...Y),
    one('举手', '无记名', '记名', '口头'),
    one('', '同意5', '同意4', '同意3', '同意2 反对1', '同意2 反对3', '同意3 反对2 弃权0', '反对4'),
  ),
  line(one('/结果'), one(...Y), one('通过', '修改后通过 改为一年', '不通过', '暂缓'), one('', '按方案办')),
  line(one('/散会'), one(...H), one('', '时间不够')),
  line(one('/纪要'), one(...H), one('', '签发', '委托 孙副书记')),
);

interface Step {
  readonly by: string;
  readonly typed: string;
  /** Press this one of the last card's buttons instead of typing. */
  readonly press: number | null;
  /** Which values the form gets. */
  readonly fill: number;
  readonly group: boolean;
  readonly clear: boolean;
  /** Hours passed since the step before. */
  readonly later: number;
}

/** One step: type something, or press one of the last card's buttons with its form filled. */
const step: fc.Arbitrary<Step> = fc.record({
  by: one(...PEOPLE),
  typed,
  press: fc.option(fc.nat(8), { freq: 3 }),
  fill: fc.nat(4),
  group: fc.boolean(),
  clear: fc.boolean(),
  later: fc.constantFrom(0, 0, 0, 1, 24),
});

const STEP: Step = { by: 'office', typed: '', press: null, fill: 0, group: false, clear: true, later: 0 };

/** What is mostly done at a meeting under way, by those who run it or speak. */
const heldBy = (by: readonly string[], typed: fc.Arbitrary<string>): fc.Arbitrary<Step> =>
  fc.record({
    by: one(...by),
    typed,
    press: fc.option(fc.nat(8), { freq: 1 }),
    fill: fc.nat(4),
    group: fc.boolean(),
    clear: fc.constant(true),
    later: fc.constant(0),
  });
const RUNS = ['office', 'office', 'secretary'];
const held = fc.oneof(
  heldBy(RUNS, line(one('/议 H1'), one('Y1', 'Y2', 'Y5'))),
  heldBy(PARTY, line(one('/表态'), one('同意', '同意', '不同意', '缓议'))),
  heldBy(RUNS, line(one('/表态'), one(...NAMES.slice(0, 5)), one('同意', '同意', '不同意'))),
  heldBy(
    RUNS,
    line(
      one('/表决'),
      one('举手', '无记名', '记名'),
      one('同意全', '同意全', '不同意全', '同意3 反对1', '同意2 反对2', ''),
    ),
  ),
  heldBy(RUNS, line(one('/结果'), one('通过', '通过', '修改后通过 改为一年', '不通过', '暂缓'))),
  heldBy(PARTY, line(one('/回避'), one('', 'Y1', 'Y2', 'Y5'), one('近亲属'))),
  heldBy(RUNS, line(one('/到会 H1'), one(...NAMES), one('', '', '离会'))),
);

/** An item taken from report to outcome without a hitch, so that much is decided between the mischief. */
const smooth: fc.Arbitrary<readonly Step[]> = fc
  .tuple(one('Y1', 'Y2', 'Y5'), one('通过', '不通过'))
  .map(([item, outcome]) =>
    [
      `/议 H1 ${item}`,
      `/表决 H1 ${item} 无记名 ${outcome === '通过' ? '同意' : '不同意'}全`,
      `/结果 H1 ${item} ${outcome}`,
    ].map((words) => ({
      ...STEP,
      typed: words,
    })),
  );

/** What somebody might put into a field of a form. */
const filled = (action: CardAction, n: number): Record<string, string> =>
  Object.fromEntries(
    (action.fields ?? []).flatMap((f): readonly (readonly [string, string])[] => {
      if (f.name in FOUR) return [[f.name, FOUR[f.name as keyof typeof FOUR]]];
      if (f.type === 'select') return [[f.name, f.options![n % f.options!.length]!.value]];
      if (f.type === 'date') return [[f.name, '2026-12-04']];
      if (f.type === 'number') return f.name === '同意' ? [[f.name, String(3 + (n % 3))]] : [];
      return [[f.name, f.name === 'time' ? '15:00' : '说明']];
    }),
  );

const threshold = (cadre: boolean) => (cadre ? 4 : 3);
type School = ReturnType<typeof aMeetingSchool>;

function checkEntry(s: School, meeting: Meeting, entry: Entry): void {
  const item = s.item(entry.item);
  const need = threshold(item.ruling.cadre);
  const spoke = entry.opinions.map((o) => o.member);
  expect(new Set(spoke).size).toBe(spoke.length);
  if (entry.urgent) expect(item.ruling.cadre || item.ruling.large).toBe(false);
  // What was said before the meeting ended without an outcome stays in the record.
  if (entry.state === 'waiting' && !entry.left)
    expect([entry.opinions, entry.vote ?? entry.outcome]).toEqual([[], undefined]);
  if (entry.state === 'discussing') {
    expect(meeting.state).toBe('open');
    const here = meeting.present.filter((m) => !entry.recused.includes(m));
    expect(here.length).toBeGreaterThanOrEqual(need);
    expect(here).toEqual(expect.arrayContaining(spoke));
    for (const { member } of item.recusals) if (meeting.present.includes(member)) expect(here).not.toContain(member);
    if (entry.vote)
      expect(entry.vote.for + entry.vote.against + entry.vote.abstain + entry.vote.defer).toBe(here.length);
    if (spoke.includes(meeting.chair)) expect(spoke.at(-1)).toBe(meeting.chair);
  }
  if (entry.state === 'decided') checkDecided(s, meeting, entry, need);
}

function checkDecided(s: School, meeting: Meeting, entry: Entry, need: number): void {
  const took = entry.took!;
  expect(entry.outcome).toBeDefined();
  expect(took.length).toBeGreaterThanOrEqual(need);
  expect(took.filter((m) => entry.recused.includes(m) || !BODIES[meeting.body].includes(m))).toEqual([]);
  expect(took).toEqual(expect.arrayContaining(entry.opinions.map((o) => o.member)));
  const yes = entry.outcome === 'adopted' || entry.outcome === 'amended';
  const { vote } = entry;
  if (vote) expect(vote.for + vote.against + vote.abstain + vote.defer).toBe(took.length);
  if (s.item(entry.item).ruling.cadre && vote) expect(vote.method).not.toBe('举手');
  if (meeting.body === 'party') {
    if (yes) expect(vote!.for).toBeGreaterThanOrEqual(3);
    if (entry.outcome === 'rejected') expect(vote!.for).toBeLessThan(3);
    expect(entry.resolution !== undefined).toBe(yes);
  }
}

function check(s: School): void {
  const meetings = [...s.shown().records.meeting.values()] as Meeting[];
  expect(new Set(meetings.map((m) => m.number)).size).toBe(meetings.length);
  for (const meeting of meetings) {
    expect(meeting.present.filter((m) => !BODIES[meeting.body].includes(m))).toEqual([]);
    if (meeting.state === 'open' || meeting.state === 'closed') expect(meeting.noticedAt).toBeDefined();
    if (meeting.minutes) expect(meeting.state).toBe('closed');
    expect(meeting.agenda.filter((e) => e.state === 'discussing').length).toBeLessThanOrEqual(1);
    if (meeting.state !== 'called' && meeting.state !== 'open')
      expect(meeting.agenda.every((e) => e.state === 'decided' || e.left !== undefined)).toBe(true);
    for (const entry of meeting.agenda) checkEntry(s, meeting, entry);
  }
  for (const item of s.shown().records.item.values()) {
    const live = meetings.flatMap((m) =>
      m.agenda.filter((e) => e.item === item.id && e.state !== 'decided' && !e.left).map(() => m),
    );
    expect(live.map((m) => m.id)).toEqual(item.state === 'listed' ? [item.meeting] : []);
    if (item.state === 'listed') expect([openGates(item), live[0]!.body]).toEqual([[], item.legs[item.leg]!.body]);
  }
  const made = [...s.shown().records.resolution.keys()];
  const named = meetings.flatMap((m) => m.agenda.flatMap((e) => e.resolution ?? []));
  expect(named.toSorted()).toEqual(made.toSorted());
}

/** `同意全`: as many as may vote now, so that sequences come to an end. */
function counted(s: School, words: string): string {
  const meeting = s.meeting();
  const recused = meeting?.agenda.find((e) => e.state === 'discussing')?.recused ?? [];
  return words.replace('全', String(meeting?.present.filter((m) => !recused.includes(m)).length ?? 0));
}

/** Runs one sequence, checking after every step; says how far it came. */
function play(steps: readonly Step[]): {
  s: School;
  refused: number;
} {
  const s = aMeetingSchool(theItems());
  let now = Date.parse('2026-11-23T08:00:00+08:00');
  let buttons: readonly CardAction[] = [];
  let refused = 0;
  for (const { by, typed: words, press, fill, group, clear, later } of steps) {
    now += later * 3_600_000;
    s.to(new Date(now).toISOString());
    const action = press === null ? undefined : buttons[press % Math.max(1, buttons.length)];
    const known = action && MEETING_COMMANDS.some((c) => action.id.split(' ')[0] === `/${c.name}`);
    const values = known ? filled(action, fill) : words.startsWith('/结果') && clear ? FOUR : {};
    const before = JSON.stringify([...s.shown().records.meeting]);
    const ran = s.say(known ? action.id : counted(s, words), by, values, group ? 'group' : 'direct');
    if (ran.refused) expect(JSON.stringify([...s.shown().records.meeting])).toBe(before);
    if (group) expect(JSON.stringify(ran.reply)).not.toContain('提任');
    for (const told of ran.scene.tellings)
      if ('member' in told.to && !PARTY.includes(told.to.member) && told.to.member !== 'office')
        expect(JSON.stringify(told.reply)).not.toMatch(/提任|不同意\d/);
    buttons = ran.reply.card?.actions ?? [];
    refused += ran.refused ? 1 : 0;
    check(s);
  }
  return { s, refused };
}

const alone = (of: fc.Arbitrary<Step>): fc.Arbitrary<readonly Step[]> => of.map((s) => [s]);

/** A beginning that gets most sequences into a meeting, where most can go wrong. */
const START = [
  '/会议 党组织会议 11月27日 14:00 三楼',
  '/议程 H1 Y7',
  '/议程 H1 Y1',
  '/议程 H1 Y2',
  '/议程 H1 Y5',
  '/会议 H1 通知',
];
const opening = START.map((words) => ({ ...STEP, typed: words }));
const thatDay = { ...STEP, typed: '/会议', later: 24 * 4 + 7 };

describe('whatever is said by whoever', () => {
  it('no sequence of commands reaches an impossible state', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => void play(steps)),
      { numRuns: 150 },
    );
  });

  it('nor does one that begins at a meeting under way', () => {
    const arrived = fc
      .subarray(NAMES, { minLength: 3 })
      .map((n) => ({ ...STEP, typed: `/到会 H1 周书记、${n.join('、')} 开会` }));
    let decided = 0;
    let discussed = 0;
    fc.assert(
      fc.property(
        arrived,
        fc.array(fc.oneof(alone(step), { arbitrary: alone(held), weight: 3 }, smooth), {
          minLength: 15,
          maxLength: 50,
          size: 'max',
        }),
        (who, steps) => {
          const { s } = play([...opening, thatDay, who, ...steps.flat()]);
          const entries = [...s.shown().records.meeting.values()].flatMap((m) => (m as Meeting).agenda);
          discussed += entries.filter((e) => e.state !== 'waiting').length;
          decided += entries.filter((e) => e.outcome === 'adopted').length;
        },
      ),
      { numRuns: 100 },
    );
    // The sequences must come far enough to mean something.
    expect(discussed).toBeGreaterThan(50);
    expect(decided).toBeGreaterThan(20);
  });
});
