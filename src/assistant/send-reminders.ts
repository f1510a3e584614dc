import type { Schools } from '../domain/schools.ts';
import type { SchoolProfile } from '../domain/school.ts';
import type { Workdays } from '../domain/workdays.ts';
import { dayAt } from '../domain/china-time.ts';
import { outgoingsOf } from '../office/deliver.ts';
import { type Due, dueRound, missedDays, nextRound } from '../office/reminders/due.ts';
import { remindRound, type RoundMade } from '../office/reminders/round.ts';
import { viewOfShown } from '../office/reminders/view.ts';
import { rosterOf } from '../office/members/roster.ts';
import type { Ledgers, SchoolLedger, Shown } from '../ports/ledger.ts';

/** What the reminder round needs from the world. */
export interface ReminderWork {
  readonly ledgers: Ledgers;
  readonly schools: Schools;
  readonly workdays: Workdays;
  readonly log: (event: string, fields?: Readonly<Record<string, unknown>>) => void;
}

export interface SentRound {
  readonly day: string;
  /** `no`: nothing was due, or another process was quicker. */
  readonly due: Due;
  /** Recipients are members' and groups' ids. */
  readonly sent: readonly { readonly to: string; readonly text: string }[];
  /** Days without a round that this one makes up for. */
  readonly missed: readonly string[];
}

/** A school whose register others write to in the same moment is tried again this often; the next minute tries anew. */
const TRIES = 10;

/**
 * The reminder round of a moment: shown, made, committed on the head it was made from, or made anew. Once a day for each
 * person whatever restarts and replicas do, for a round and its messages are one commit.
 * @param dry writes and sends nothing.
 */
export async function sendReminders(
  work: ReminderWork,
  school: string,
  now: number,
  { dry = false }: { readonly dry?: boolean } = {},
): Promise<SentRound> {
  const day = dayAt(now);
  const nothing: SentRound = { day, due: 'no', sent: [], missed: [] };
  const profile = work.schools.on(school, day);
  if (!profile) return nothing;
  const ledger = work.ledgers.forSchool(school);
  for (let tries = 0; tries < TRIES; tries++) {
    const shown = await ledger.show();
    const made = await makeRound(work, profile, ledger, shown, now);
    if (!made) return nothing;
    const { round, ...rest } = made;
    const sent = {
      day,
      ...rest,
      sent: round.tellings.map(({ to, reply }) => ({ to: 'member' in to ? to.member : to.group, text: reply.text })),
    };
    if (dry) return sent;
    const sends = await outgoingsOf(round.tellings, rosterOf(shown, profile), {
      school: profile,
      at: now,
      key: `round:${day}`,
    });
    const { puts, deeds } = round;
    if ((await ledger.commit({ head: shown.head, at: now, puts, deeds, sends })) === 'saved') return sent;
  }
  work.log('reminders-stale', { school, day });
  return nothing;
}

async function makeRound(
  { workdays }: ReminderWork,
  profile: SchoolProfile,
  ledger: SchoolLedger,
  shown: Shown,
  now: number,
): Promise<{ round: RoundMade; due: Due; missed: readonly string[] } | undefined> {
  const day = dayAt(now);
  const rounds = [...shown.records.round.values()];
  const due = dueRound(profile, rounds, now, workdays, oldest(shown));
  if (due === 'no' || (await ledger.get('round', day))) return undefined;
  const missed = missedDays(profile, rounds, day, workdays);
  const view = viewOfShown(shown, { school: profile, roster: rosterOf(shown, profile), workdays });
  return { round: remindRound({ view, rounds, day, at: now, late: due === 'late', missed }), due, missed };
}

/** The moment of the oldest thing still open; later than any moment where there is none. */
const oldest = ({ records }: Shown): number =>
  Math.min(
    ...[...records.item.values()].map((i) => i.raisedAt),
    ...[...records.resolution.values()].map((r) => r.createdAt),
    ...[...records.meeting.values()].flatMap((m) => m.noticedAt ?? []),
  );

function quietUntil({ schools, workdays }: ReminderWork, school: string, now: number): number {
  const profile = schools.on(school, dayAt(now));
  const next = profile && nextRound(profile, now, workdays);
  return Math.min(next ?? Infinity, now + LOOK_AGAIN_MS);
}

/** A school without a round to make is not looked at again until its next one, or so long: its settings may change. */
const LOOK_AGAIN_MS = 15 * 60_000;

/**
 * Every school's round where one is due: called each minute, by any number of processes.
 * @param quiet until when a school needs no looking at; kept by the caller from one sweep to the next.
 */
export async function sweepReminders(
  work: ReminderWork,
  now: number,
  quiet: Map<string, number> = new Map(),
): Promise<readonly (SentRound & { school: string })[]> {
  const made: (SentRound & { school: string })[] = [];
  for (const school of await work.ledgers.schools()) {
    if ((quiet.get(school) ?? 0) > now) continue;
    try {
      const round = await sendReminders(work, school, now);
      quiet.set(school, quietUntil(work, school, now));
      if (round.due === 'no') continue;
      made.push({ school, ...round });
      work.log('reminded', { school, day: round.day, due: round.due, messages: round.sent.length });
    } catch (error) {
      work.log('reminders-failed', { school, error: String(error) });
    }
  }
  return made;
}
