import type { Round } from '../../domain/duty.ts';
import type { SchoolProfile } from '../../domain/school.ts';
import { dayAfter, type Workdays } from '../../domain/workdays.ts';
import { dayAt } from '../../domain/china-time.ts';
import { isPaused, isQuiet, type Settings, settingsOf } from './settings.ts';

const MINUTE = 60_000;
/** A round more than this after its time is late and says so. */
const LATE_AFTER = 30;

export type Due = 'due' | 'late' | 'no';

const minuteAt = (at: number): number => Math.floor((at + 8 * 3_600_000) / MINUTE) % 1440;
/** The moment of a minute of a day in China. */
const momentOf = (day: string, minute: number): number => Date.parse(`${day}T00:00:00+08:00`) + minute * MINUTE;

/** Working days on which the school wants to be reminded. */
const isRoundDay = (day: string, settings: Settings, workdays: Workdays): boolean =>
  workdays.isWorkday(day) && !isPaused(day, settings);

const lastRound = (rounds: readonly Round[]): string =>
  rounds.reduce((latest, r) => (r.id > latest ? r.id : latest), '');

/**
 * Whether the round of this moment's day is to be made now: once a day, on working days, not in quiet hours, not before
 * its time. `since`: the moment of the oldest thing in the register; before the first round ever nothing can be late
 * that came after the day's time.
 */
export function dueRound(
  school: SchoolProfile,
  rounds: readonly Round[],
  now: number,
  workdays: Workdays,
  since = Number.NEGATIVE_INFINITY,
): Due {
  const settings = settingsOf(school);
  const day = dayAt(now);
  const minute = minuteAt(now);
  const latest = lastRound(rounds);
  if (!isRoundDay(day, settings, workdays) || latest >= day) return 'no';
  if (minute < settings.remindAt || isQuiet(minute, settings.quiet)) return 'no';
  if (minute <= settings.remindAt + LATE_AFTER) return 'due';
  return latest === '' && since > momentOf(day, settings.remindAt) ? 'no' : 'late';
}

/** The working days since the last round on which none was made; none before the first round. */
export function missedDays(school: SchoolProfile, rounds: readonly Round[], day: string, workdays: Workdays): string[] {
  const settings = settingsOf(school);
  const latest = lastRound(rounds);
  const missed: string[] = [];
  if (latest === '') return missed;
  for (let at = dayAfter(latest, 1); at < day; at = dayAfter(at, 1))
    if (isRoundDay(at, settings, workdays)) missed.push(at);
  return missed;
}

/** The moments of the rounds that lie after one moment and not after another: what a moved clock passes. */
export function momentsBetween(from: number, to: number, school: SchoolProfile, workdays: Workdays): number[] {
  const settings = settingsOf(school);
  const moments: number[] = [];
  for (let day = dayAt(from); day <= dayAt(to); day = dayAfter(day, 1)) {
    const at = momentOf(day, settings.remindAt);
    if (at > from && at <= to && isRoundDay(day, settings, workdays)) moments.push(at);
  }
  return moments;
}

/** Days ahead in which a round is looked for: longer than any holiday. */
const LOOK_AHEAD = 200;

/** The moment of the next round after a moment; nothing where the school has paused for longer than half a year. */
export const nextRound = (school: SchoolProfile, after: number, workdays: Workdays): number | undefined =>
  momentsBetween(after, after + LOOK_AHEAD * 86_400_000, school, workdays)[0];
