import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEMO_MEMBERS } from '../../src/domain/demo-members.ts';
import { RESOLUTION_MOVES, type Resolution } from '../../src/domain/resolution.ts';
import { aSchool } from './a-school.ts';
import { anItem, decides, of, say, type School } from './resolutions-help.ts';

const FORM = { reason: '条件变化', facts: '中标价比预算高三成', impact: '不调整无法签约', proposal: '调整' };

/** What may be tried, sensible or not. */
const LINES = [
  '/进展 J1 已开标',
  '/进展 J1 正常推进',
  '/进展 J1 受阻 等财政批复',
  '/进展 J1 已完成',
  '/进展 J1 已完成 佐证：验收单12号',
  '/延期 J1 12月30日 设备没到货',
  '/延期 J1 1月30日 设备又没到货',
  '/延期 J1 3月1日 设备还没到货',
  '/延期 J1 同意',
  '/延期 J1 不同意 必须按期完成',
  '/延期 J1 同意 J2',
  '/销号 J1',
  '/销号 J1 佐证：验收单12号',
  '/复核 J1 同意',
  '/复核 J1 退回 缺验收照片',
  '/评价 J1 按期完成，满意度92%',
  '/修正 J1 继续 照此执行',
  '/修正 J1 调整 扩大范围',
  '/修正 J1 终止 合同到期不再续',
  '/终止 J1 上级统一安排',
  '/复议 J1',
  '/复议 J1 受理 Y1',
  '/复议 J1 不受理 情况没有变化',
  '/公示 J1 5天',
] as const;

/** What the right person may say: without these a walk hardly ever gets to the end of anything. */
const APT = [
  ['dean', '/销号 J1 佐证：验收单12号'],
  ['vice_principal', '/复核 J1 同意'],
  ['office', '/复核 J1 同意'],
  ['discipline', '/复核 J1 同意'],
  ['dean', '/延期 J1 12月30日 设备没到货'],
  ['dean', '/延期 J1 1月30日 设备又没到货'],
  ['secretary', '/延期 J1 同意'],
  ['secretary', '/延期 J1 同意 J2'],
  ['dean', '/复议 J1'],
  ['secretary', '/复议 J1 受理 Y1'],
] as const;
const sayings = fc.oneof(
  fc.record({
    kind: fc.constant('say' as const),
    who: fc.constantFrom(...DEMO_MEMBERS.map((m) => m.id)),
    line: fc.constantFrom(...LINES),
  }),
  fc.constantFrom(...APT).map(([who, line]) => ({ kind: 'say' as const, who, line })),
);
const step = fc.oneof(
  { weight: 10, arbitrary: sayings },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('meeting' as const),
      outcome: fc.constantFrom('adopted' as const, 'rejected' as const, 'deferred' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'another' as const }) },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The meeting decides the reconsideration, where one is under way. */
function meets(school: School, outcome: 'adopted' | 'rejected' | 'deferred'): void {
  const item = [...school.shown().records.item.values()].find((i) => i.reconsiders === 'J1' && i.state === 'preparing');
  if (!item) return;
  const listed = { ...item, state: 'listed' as const };
  school.settle([{ kind: 'item', record: listed, open: true }]);
  decides(school, { item: listed, outcome });
}

function mustHold(before: Resolution, after: Resolution, by: string, line: string): void {
  if (before.state !== after.state)
    expect(RESOLUTION_MOVES[before.state], `${before.state} → ${after.state} by ${line}`).toContain(after.state);
  if (after.state === 'done' || after.state === 'closed') expect(after.closing?.evidence).toBeTruthy();
  if (after.state === 'closed') {
    const { by: owner, reviewed, checked } = after.closing!;
    expect(new Set([owner, reviewed?.by, checked?.by]).size).toBe(3);
    expect([owner, reviewed?.by, checked?.by]).not.toContain(undefined);
  }
  if (after.supersededBy !== undefined)
    expect(line).toMatch(before.supersededBy === undefined ? /^meeting adopted$/ : /./);
  if (before.supersededBy !== undefined) expect(after).toEqual(before);
  const granted = after.extensions.filter((e) => e.answer?.granted);
  expect(granted.filter((e) => e.answer!.decision === undefined).length).toBeLessThanOrEqual(1);
  expect(granted.slice(1).every((e) => e.toMeeting && e.answer!.decision)).toBe(true);
  if (before.deadline !== after.deadline) expect(by).toBe('secretary');
  expect(after.progress.length).toBeGreaterThanOrEqual(before.progress.length);
}

const reached = new Set<string>();

function walk(steps: readonly Step[]): void {
  const school = aSchool();
  decides(school);
  steps.forEach((s, n) => {
    school.to(new Date(Date.parse('2026-11-23T09:00:00+08:00') + n * 60_000).toISOString());
    const before = of(school, 'J1');
    if (s.kind === 'meeting') meets(school, s.outcome);
    // The meeting decides something else, which may be what a second extension rests on.
    else if (s.kind === 'another') decides(school, { item: anItem({ id: `Y${100 + n}`, number: `D-2026-04-${n}` }) });
    else tries(school, before, s.who, s.line);
    const after = of(school, 'J1');
    reached.add(after.supersededBy ? 'superseded' : after.state);
    if (after.extensions.some((e) => e.answer?.decision)) reached.add('extended by the meeting');
    mustHold(
      before,
      after,
      s.kind === 'say' ? s.who : '',
      s.kind === 'say' ? s.line : s.kind === 'meeting' ? `meeting ${s.outcome}` : s.kind,
    );
  });
}

/** A refusal writes nothing; what is done is written down. */
function tries(school: School, before: Resolution, who: string, line: string): void {
  const ran = say(school, who, line, line === '/复议 J1' ? FORM : {});
  if (ran.refused) expect(of(school, 'J1')).toBe(before);
  else expect(ran.scene.deeds.length).toBeGreaterThan(0);
}

const says = (who: string, line: (typeof LINES)[number] | (typeof APT)[number][1]) => ({
  kind: 'say' as const,
  who,
  line,
});
/** Ends that chance reaches too seldom to be relied on. */
const PATHS: readonly (readonly Step[])[] = [
  [says('dean', '/复议 J1'), says('secretary', '/复议 J1 受理 Y1'), { kind: 'meeting', outcome: 'adopted' }],
  [
    says('dean', '/延期 J1 12月30日 设备没到货'),
    says('secretary', '/延期 J1 同意'),
    says('dean', '/延期 J1 1月30日 设备又没到货'),
    { kind: 'another' },
    says('secretary', '/延期 J1 同意 J2'),
  ],
];

it(
  'no sequence of commands reaches an impossible state, closes without its three hands, or extends twice by the chair',
  { timeout: 60_000 },
  () => {
    fc.assert(fc.property(fc.array(step, { minLength: 15, maxLength: 80, size: 'max' }), walk), { numRuns: 400 });
    for (const path of PATHS) walk(path);
    // Walks that never get anywhere prove nothing.
    expect([...reached].sort()).toEqual([
      'blocked',
      'closed',
      'done',
      'ended',
      'extended by the meeting',
      'running',
      'superseded',
      'waiting',
    ]);
  },
);
