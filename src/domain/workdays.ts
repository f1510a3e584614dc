/** The Chinese working calendar: statutory holidays and make-up working days by year. */
export interface Workdays {
  /** Whether the calendar of that year is known; an unknown year falls back to Monday to Friday. */
  readonly knows: (year: number) => boolean;
  readonly isWorkday: (day: string) => boolean;
  /** The working day `n` after a day (before it when negative); the day itself for 0 when it is one, the next otherwise. */
  readonly shift: (day: string, n: number) => string;
  /** Working days from one day to another, the first excluded; negative when it lies before. */
  readonly between: (from: string, to: string) => number;
}

/** One year of the calendar as the State Council's notice gives it (`knowledge/workdays.yaml`). */
export interface CalendarYear {
  readonly year: number;
  /** Title of the notice. */
  readonly notice: string;
  readonly published: string;
  /** Days off, both ends included. */
  readonly holidays: readonly { readonly name: string; readonly from: string; readonly until: string }[];
  /** Saturdays and Sundays that are worked. */
  readonly makeup: readonly string[];
}

/** A calendar day so many days later. Days are `YYYY-MM-DD`. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** 0 is Sunday. */
export const weekdayOf = (day: string): number => new Date(day).getUTCDay();

/** Days counted from 1 January 1970: counting over months must stay cheap. */
const numberOf = (day: string): number => Date.parse(day) / 86_400_000;
const dayOf = (n: number): string => new Date(n * 86_400_000).toISOString().slice(0, 10);
/** The first day of all was a Thursday. */
const isWeekend = (n: number): boolean => (n + 4) % 7 === 0 || (n + 4) % 7 === 6;

/** The working calendar of the years given; Monday to Friday in every other. */
export function workdaysOf(years: readonly CalendarYear[]): Workdays {
  const known = new Set(years.map((y) => y.year));
  const worked = new Set(years.flatMap((y) => y.makeup.map(numberOf)));
  const off = new Set(years.flatMap((y) => y.holidays.flatMap(daysOf)));
  const works = (n: number) => worked.has(n) || (!off.has(n) && !isWeekend(n));

  const shift = (day: string, n: number): string => {
    let at = numberOf(day);
    if (n === 0) while (!works(at)) at++;
    for (let left = Math.abs(n); left > 0;) if (works((at += Math.sign(n)))) left--;
    return dayOf(at);
  };
  const between = (from: string, to: string): number => {
    if (to < from) return -between(to, from);
    let n = 0;
    for (let at = numberOf(from) + 1, end = numberOf(to); at <= end; at++) if (works(at)) n++;
    return n;
  };
  return { knows: (year) => known.has(year), isWorkday: (day) => works(numberOf(day)), shift, between };
}

const daysOf = ({ from, until }: { readonly from: string; readonly until: string }): number[] =>
  Array.from({ length: numberOf(until) - numberOf(from) + 1 }, (_, n) => numberOf(from) + n);
