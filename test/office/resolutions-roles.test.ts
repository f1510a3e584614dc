import { describe, expect, it } from 'vitest';
import { DEMO_MEMBERS } from '../../src/domain/demo-members.ts';
import { type Deed, MAY } from '../../src/office/resolutions/may.ts';
import { aSchool } from './a-school.ts';
import { decides, FOUR, of, say, type School } from './resolutions-help.ts';

/** Owner 陶主任 (教务处), coowner none, checker 何副校长, decided by the Party meeting, raised by 唐老师 (教务处). */
type Try = {
  readonly before?: readonly (readonly [who: string, line: string])[];
  readonly line: string;
  readonly values?: Record<string, string>;
};
const FORM = { reason: '条件变化', facts: '中标价比预算高三成', impact: '不调整无法签约', proposal: '调整' };
const CLOSED = [
  ['dean', '/销号 J1 佐证：验收单12号'],
  ['vice_principal', '/复核 J1 同意'],
  ['office', '/复核 J1 同意'],
] as const;

/** How each deed is tried, and who of the sample school may: everybody else is refused. Procedure section 8, forms 7 to 9. */
const DEEDS: Readonly<
  Record<Exclude<Deed, 'confidential' | 'import' | 'statistics'>, Try & { readonly may: readonly string[] }>
> = {
  progress: { line: '/进展 J1 已开标', may: ['dean', 'vice_principal', 'office'] },
  extend: { line: '/延期 J1 12月30日 设备没到货', may: ['dean', 'office'] },
  consent: { before: [['dean', '/延期 J1 12月30日 设备没到货']], line: '/延期 J1 同意', may: ['secretary'] },
  close: { line: '/销号 J1 佐证：验收单12号', may: ['dean'] },
  review: { before: CLOSED.slice(0, 1), line: '/复核 J1 同意', may: ['vice_principal'] },
  check: { before: CLOSED.slice(0, 2), line: '/复核 J1 同意', may: ['office', 'discipline'] },
  evaluate: {
    before: CLOSED,
    line: '/评价 J1 按期完成，满意度92%',
    may: ['secretary', 'principal', 'deputy_secretary', 'vice_principal', 'discipline', 'union', 'office', 'dean'],
  },
  correct: {
    before: [...CLOSED, ['vice_principal', '/评价 J1 按期完成，满意度92%']],
    line: '/修正 J1 继续 照此执行',
    may: ['secretary', 'principal'],
  },
  end: { line: '/终止 J1 上级统一安排', may: ['secretary'] },
  publicize: { line: '/公示 J1 5天', may: ['office', 'secretary', 'principal', 'deputy_secretary'] },
  reconsider: {
    line: '/复议 J1',
    values: FORM,
    may: [
      'secretary',
      'principal',
      'deputy_secretary',
      'vice_principal',
      'discipline',
      'union',
      'office',
      'dean',
      'teacher2',
    ],
  },
  accept: {
    before: [['dean', `/复议 J1 条件变化 调整 事实：${FORM.facts} 影响：${FORM.impact}`]],
    line: '/复议 J1 受理',
    may: ['secretary'],
  },
};

const prepared = (steps: Try['before'] = []): School => {
  const school = aSchool();
  decides(school, { four: FOUR });
  for (const [who, line] of steps) expect(say(school, who, line).refused, line).toBeUndefined();
  return school;
};

describe('every role tries every deed', () => {
  it.each(Object.entries(DEEDS))('%s', (_, { before, line, values, may }) => {
    for (const { id } of DEMO_MEMBERS) {
      const school = prepared(before);
      const before_ = JSON.stringify(of(school, 'J1'));
      const ran = say(school, id, line, values);
      expect(ran.refused, `${id} ${line}: ${ran.reply.text}`).toEqual(
        may.includes(id) ? undefined : expect.stringMatching(/^not-your/),
      );
      if (ran.refused) expect(JSON.stringify(of(school, 'J1'))).toBe(before_);
      if (ran.refused) expect(ran.reply.text).toMatch(/（.+）/);
    }
  });

  it('knows of no deed that is not tried', () => {
    expect(
      Object.keys(MAY)
        .filter((d) => !['confidential', 'import', 'statistics'].includes(d))
        .sort(),
    ).toEqual(Object.keys(DEEDS).sort());
  });
});

it('lists are imported and counted by role', () => {
  const table = JSON.stringify({
    kind: 'table',
    file: 'a.csv',
    sheets: [
      {
        name: '',
        rows: [
          ['编号', '目标任务', '推进措施', '完成时限', '责任主体'],
          ['1', '补齐12个月台账', '逐月核对票据', '2026-12-20', '方主任'],
        ],
      },
    ],
  });
  const may = (line: string, values?: Record<string, string>) =>
    DEMO_MEMBERS.map((m) => m.id).filter((id) => {
      const school = aSchool();
      return say(school, id, line, values).refused === undefined;
    });
  expect(may('/清单 导入 整改', { table })).toEqual([
    'secretary',
    'principal',
    'deputy_secretary',
    'vice_principal',
    'office',
  ]);
  expect(may('/清单 统计')).toEqual([
    'secretary',
    'principal',
    'deputy_secretary',
    'vice_principal',
    'discipline',
    'union',
    'office',
    'dean',
  ]);
});
