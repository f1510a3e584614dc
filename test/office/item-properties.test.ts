import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgendaItem, ITEM_MOVES, openGates } from '../../src/domain/agenda-item.ts';
import { DEMO_MEMBERS } from '../../src/domain/demo-members.ts';
import { listOn, readyItems } from '../../src/office/items/advance.ts';
import { ITEM_COMMANDS } from '../../src/office/items/commands.ts';
import { Scene } from '../../src/office/scene.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import { aSchool } from './a-school.ts';

const WORDS = [
  '',
  'Y1',
  'Y1 同意',
  'Y1 不同意',
  'Y1 无重大分歧',
  'Y1 有分歧暂缓 12月1日',
  'Y1 请示上级',
  'Y1 上级答复 ×教党〔2026〕3号',
  'Y1 有重大分歧',
  'Y1 有意见 再比价',
  'Y1 survey 调研报告',
  'Y1 expert 无需 不涉及',
  'Y1 parents 家委会纪要',
  'Y1 discipline 廉洁意见书',
  'Y1 材料不全',
  'Y1 通过 应到40人同意30票',
  'Y1 金额：8000',
  'Y1 方案：公开招标；影响对象：全校；风险：可控；资金来源：公用经费；是否预算内：预算内；采购方式：招标；征求意见：已征求',
];
const step = fc.record({
  member: fc.constantFrom(...DEMO_MEMBERS.map((m) => m.id)),
  command: fc.constantFrom(...ITEM_COMMANDS),
  words: fc.constantFrom(...WORDS),
});
const openings = fc.constantFrom(
  '更换食堂承包商 预算60万',
  '党建工作年度计划',
  '教职工绩效工资分配方案',
  '修操场跑道 预算30万',
  '发展一名预备党员',
);

const meeting = (body: Meeting['body'], id: string): Meeting => ({
  id,
  number: id,
  body,
  year: 2026,
  ordinal: 1,
  state: 'called',
  date: '2026-12-01',
  time: '14:00',
  place: '会议室',
  chair: 'secretary',
  recorder: 'office',
  agenda: [],
  readBy: [],
  leave: [],
  present: [],
  observers: [],
});

/** What must hold of an item whatever has been done to it. */
function mustHold(item: AgendaItem, before: AgendaItem | undefined): void {
  if (before && before.state !== item.state) expect(ITEM_MOVES[before.state]).toContain(item.state);
  if (item.state === 'ready' || item.state === 'listed') expect(openGates(item)).toEqual([]);
  if (item.state === 'deferred') expect(item.talkAgainOn).toBeDefined();
  if (item.state === 'returned') expect(item.returned?.why).toBeTruthy();
  expect(item.leg).toBeLessThan(item.legs.length);
  if (item.state === 'decided') expect(item.legs[item.leg]!.done).toBeDefined();
  for (const gate of item.gates) {
    if (gate.state === 'passed' || gate.state === 'waived') expect(gate.records.length).toBeGreaterThan(0);
    for (const r of gate.records) expect(DEMO_MEMBERS.some((m) => m.id === r.by)).toBe(true);
  }
  if (before)
    for (const [n, gate] of before.gates.entries())
      expect(
        item.gates[n]?.code === gate.code ? item.gates[n]!.records.slice(0, gate.records.length) : gate.records,
      ).toEqual(gate.records);
}

describe('whatever is said to an agenda item, in whatever order, by whomever', () => {
  it('never reaches an impossible state, loses a record or is listed with an open gate', () => {
    fc.assert(
      fc.property(
        openings,
        fc.boolean(),
        fc.array(step, { minLength: 20, maxLength: 60 }),
        (opening, dualRole, steps) => {
          const school = aSchool({ school: { dualRole } });
          school.run(
            ITEM_COMMANDS.find((c) => c.name === '议题')!,
            'dean',
            opening,
          );
          const item = () => school.shown().records.item.get('Y1');
          let before = item();
          if (!before) return;
          for (const { member, command, words } of steps) {
            const ran = school.run(command, member, words);
            if (ran.refused) expect(ran.scene.puts).toEqual([]);
            mustHold(item()!, before);
            before = item();
          }
          for (const body of ['party', 'principal'] as const) {
            const scene = new Scene(school.setting('office'));
            for (const ready of readyItems(scene, body))
              expect(listOn(scene, ready, meeting(body, 'H1')).state).toBe('listed');
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('refuses to list one with an open gate, whoever asks', () => {
    const school = aSchool();
    school.run(ITEM_COMMANDS[0]!, 'dean', '更换食堂承包商 预算60万');
    const scene = new Scene(school.setting('office'));
    expect(() => listOn(scene, school.shown().records.item.get('Y1')!, meeting('principal', 'H1'))).toThrow();
  });
});
