import { chinaClock } from '../domain/china-time.ts';
import { halfWidth } from '../domain/half-width.ts';

/** `2026-11-23` → `2026年11月23日`. */
export const dayText = (day: string): string => {
  const [y, m, d] = day.split('-').map(Number);
  return `${y}年${m}月${d}日`;
};

/** `11月23日 9:05`. */
export function momentText(at: number): string {
  const clock = chinaClock(at);
  return `${Number(clock.slice(5, 7))}月${Number(clock.slice(8, 10))}日 ${Number(clock.slice(11, 13))}:${clock.slice(14, 16)}`;
}

const WEEKDAYS = '日一二三四五六';
const addDays = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);

/** A real calendar day, or nothing: 2026-02-30 is none. */
export function realDay(year: number, month: number, date: number): string | undefined {
  const day = new Date(Date.UTC(year, month - 1, date));
  return day.getUTCMonth() === month - 1 && day.getUTCDate() === date ? day.toISOString().slice(0, 10) : undefined;
}

/**
 * The day a text names: `2026-11-30`, `2026年11月30日`, `11月30日` or `11/30` (the next one to come), `明天`, `后天`,
 * `下周一`, `周五`, `3天后`, `月底`, `8月底`, `年底`, and alone `12.20`. Nothing when none is named or it does not exist.
 */
export function dayIn(text: string, today: string): { day: string; rest: string } | undefined {
  const plain = halfWidth(text);
  for (const [pattern, read] of READERS) {
    const found = pattern.exec(plain);
    const day = found && read(found, today);
    if (found && day)
      return {
        day,
        rest: `${plain.slice(0, found.index)} ${plain.slice(found.index + found[0].length)}`
          .replace(/\s+/g, ' ')
          .trim(),
      };
  }
  return undefined;
}

type Read = (found: RegExpExecArray, today: string) => string | undefined;
const READERS: readonly (readonly [RegExp, Read])[] = [
  [/^\s*(\d{1,2})\.(\d{1,2})\s*$/, ([, m, d], today) => nextSuch(Number(m), Number(d), today)],
  [/(?:(\d{4})年)?\s*(\d{1,2})月份?[底末]/, ([, y, m], today) => endOf(y, Number(m), today)],
  [/下个?月[底末]/, (_, today) => lastOf(Number(today.slice(0, 4)), Number(today.slice(5, 7)) + 1)],
  [/年[底末]/, (_, today) => `${today.slice(0, 4)}-12-31`],
  [/(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/, ([, y, m, d]) => realDay(Number(y), Number(m), Number(d))],
  [/(\d{1,2})[月/](\d{1,2})[日号]?(?!\d)/, ([, m, d], today) => nextSuch(Number(m), Number(d), today)],
  [/大后天/, (_, today) => addDays(today, 3)],
  [/后天/, (_, today) => addDays(today, 2)],
  [/明天|明日/, (_, today) => addDays(today, 1)],
  [/今天|今日|当天/, (_, today) => today],
  [/(\d{1,3})\s*天(?:后|之后|以后)/, ([, n], today) => addDays(today, Number(n))],
  [/(下下|下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天])/, ([, which, w], today) => weekdayOf(which, w!, today)],
  [/(?:这个|本)?月底/, (_, today) => monthEnd(today)],
];

function nextSuch(month: number, date: number, today: string): string | undefined {
  const year = Number(today.slice(0, 4));
  const this_ = realDay(year, month, date);
  // Shortly past dates are meant as they stand (and refused where a past day makes no sense); long past ones as next year's.
  return this_ && this_ >= addDays(today, -60) ? this_ : realDay(year + 1, month, date);
}

function weekdayOf(which: string | undefined, letter: string, today: string): string {
  const now = new Date(`${today}T00:00:00Z`).getUTCDay() || 7;
  const wanted = letter === '天' ? 7 : WEEKDAYS.indexOf(letter) || 7;
  const weeks = which === '下下' ? 2 : which === '下' ? 1 : 0;
  const days = wanted - now + weeks * 7;
  return addDays(today, which === undefined && days <= 0 ? days + 7 : days);
}

const lastOf = (year: number, month: number): string => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
const monthEnd = (today: string): string => lastOf(Number(today.slice(0, 4)), Number(today.slice(5, 7)));

/** As with days, a month well behind is next year's. */
function endOf(year: string | undefined, month: number, today: string): string | undefined {
  if (month < 1 || month > 12) return undefined;
  const now = Number(today.slice(0, 4));
  const passedLong = month < Number(today.slice(5, 7)) - 2;
  return lastOf(year ? Number(year) : passedLong ? now + 1 : now, month);
}

/** Whether a text is a calendar day, `YYYY-MM-DD`. */
export const isDay = (day: string): boolean => {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  return parts !== null && realDay(Number(parts[1]), Number(parts[2]), Number(parts[3])) !== undefined;
};
