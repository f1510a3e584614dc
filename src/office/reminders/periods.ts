import type { Duty } from '../../domain/duty.ts';
import { dayAfter, weekdayOf } from '../../domain/workdays.ts';

/** One period of a duty; both days belong to it. */
export interface Period {
  /** `2026-W48`, `2026-11`, `2026-Q4`, `2026-H2`, `2026`. */
  readonly key: string;
  readonly from: string;
  readonly until: string;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** Whole months: `count` of them, the one of `day` included, beginning every `count` months from January. */
function months(day: string, count: number, key: (year: string, n: number) => string): Period {
  const year = day.slice(0, 4);
  const n = Math.floor((Number(day.slice(5, 7)) - 1) / count);
  const from = `${year}-${two(n * count + 1)}-01`;
  const end = new Date(Date.UTC(Number(year), n * count + count, 0)).toISOString().slice(0, 10);
  return { key: key(year, n + 1), from, until: end };
}

/** Weeks go from Monday to Sunday and are numbered as in ISO 8601: a week belongs to the year of its Thursday. */
function week(day: string): Period {
  const from = dayAfter(day, -((weekdayOf(day) + 6) % 7));
  const year = dayAfter(from, 3).slice(0, 4);
  const n = Math.floor((Date.parse(dayAfter(from, 3)) - Date.parse(`${year}-01-01`)) / (7 * 86_400_000)) + 1;
  return { key: `${year}-W${two(n)}`, from, until: dayAfter(from, 6) };
}

/** The period a day lies in. */
export function periodOf(every: Duty['every'], day: string): Period {
  switch (every) {
    case 'week':
      return week(day);
    case 'month':
      return months(day, 1, (y, n) => `${y}-${two(n)}`);
    case 'quarter':
      return months(day, 3, (y, n) => `${y}-Q${n}`);
    case 'half-year':
      return months(day, 6, (y, n) => `${y}-H${n}`);
    case 'year':
      return months(day, 12, (y) => y);
  }
}

export const periodBefore = (every: Duty['every'], day: string): Period =>
  periodOf(every, dayAfter(periodOf(every, day).from, -1));

/** `2026年第48周`, `2026年11月`, `2026年第4季度`, `2026年下半年`, `2026年`. */
export function periodText({ key }: Period): string {
  const [year, rest = ''] = key.split('-');
  if (rest === '') return `${year}年`;
  if (rest.startsWith('W')) return `${year}年第${Number(rest.slice(1))}周`;
  if (rest.startsWith('Q')) return `${year}年第${rest.slice(1)}季度`;
  if (rest.startsWith('H')) return `${year}年${rest === 'H1' ? '上' : '下'}半年`;
  return `${year}年${Number(rest)}月`;
}

export const EVERY_TEXT: Readonly<Record<Duty['every'], string>> = {
  week: '每周',
  month: '每月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
};
