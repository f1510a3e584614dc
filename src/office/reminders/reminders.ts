import type { Snooze } from '../../domain/duty.ts';
import { ofDuty } from './of-duties.ts';
import { ofItem } from './of-items.ts';
import { ofMeeting } from './of-meetings.ts';
import { ofResolution } from './of-resolutions.ts';
import { type Reminder, WEIGHT } from './reminder.ts';
import type { View } from './view.ts';

/**
 * Everything that waits for somebody on a day, made from the open records at the moment it is asked for: what has been
 * done since is not in it. Pure.
 */
export function remindersOf(view: View, day: string): readonly Reminder[] {
  const all = [
    ...view.resolutions.flatMap((r) => ofResolution(r, view, day)),
    ...view.items.flatMap((i) => ofItem(i, view, day)),
    ...view.meetings.flatMap((m) => ofMeeting(m, view, day)),
    ...view.duties.flatMap((d) => ofDuty(d, view, day)),
  ].filter((r) => !isSnoozed(r, view.snoozes, day));
  return once(all);
}

/** Put off by its own reader, not yet due again; what somebody else is late with cannot be put off. */
const isSnoozed = (r: Reminder, snoozes: readonly Snooze[], day: string): boolean =>
  !r.escalation &&
  snoozes.some((s) => s.member === r.member && (s.about === r.about || s.about === '*') && day < s.until);

/** One line for each person and matter: the weightiest, where somebody has two parts in it. */
function once(all: readonly Reminder[]): Reminder[] {
  const best = new Map<string, Reminder>();
  for (const r of all) {
    const key = `${r.member}/${r.about}/${r.part ?? ''}`;
    const other = best.get(key);
    if (!other || WEIGHT[r.section] < WEIGHT[other.section]) best.set(key, r);
  }
  return [...best.values()];
}

export const remindersFor = (member: string, view: View, day: string): readonly Reminder[] =>
  remindersOf(view, day).filter((r) => r.member === member);
