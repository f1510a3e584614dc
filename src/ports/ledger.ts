import type { AgendaItem } from '../domain/agenda-item.ts';
import type { Away } from '../domain/away.ts';
import type { Duty, Round, Snooze } from '../domain/duty.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Member } from '../domain/member.ts';
import type { Outgoing } from '../domain/message.ts';
import type { Resolution } from '../domain/resolution.ts';
import type { Kept, TalkNote } from './store.ts';

/** What the register (台账) of a school holds, by kind. */
export interface Records {
  readonly item: AgendaItem;
  readonly meeting: Meeting;
  readonly resolution: Resolution;
  readonly duty: Duty;
  readonly snooze: Snooze;
  readonly round: Round;
  readonly member: Member;
  readonly away: Away;
  /** Numbers given so far; the id is what is counted (`Y`, `meeting:party:2026`). */
  readonly counter: { readonly id: string; readonly last: number };
}
export type RecordKind = keyof Records;

/** Every kind there is: the compiler says when one is missing. */
export const RECORD_KINDS = Object.keys({
  item: 0,
  meeting: 0,
  resolution: 0,
  duty: 0,
  snooze: 0,
  round: 0,
  member: 0,
  away: 0,
  counter: 0,
} satisfies Record<RecordKind, 0>) as readonly RecordKind[];

/** A record to write; `open: false` when it no longer needs to be at hand. */
export type Put = {
  readonly [K in RecordKind]: { readonly kind: K; readonly record: Records[K]; readonly open: boolean };
}[RecordKind];

/** One thing done, for the audit log. `detail` is JSON. */
export interface Deed {
  /** A member's id, or `system`. */
  readonly by: string;
  /** What was done: a verb of ours, e.g. `raise-item`. */
  readonly act: string;
  /** The id of the record it was done to. */
  readonly about: string;
  readonly detail?: unknown;
  readonly rulesVersion?: string;
}

/** A deed as it stands in the log: numbered, dated, and chained to the one before. */
export interface LoggedDeed extends Deed {
  readonly seq: number;
  readonly at: number;
  /** SHA-256, hex, of each record written with it, by `kind/id`; of several deeds of a commit the last one has them. */
  readonly wrote: Readonly<Record<string, string>>;
  /** Of the deed before; empty for the first. */
  readonly before: string;
  readonly hash: string;
}

/** The last deed: what a commit must still find to be saved. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** A school's open records, as they stood at `head`. */
export interface Shown {
  readonly head: Head;
  readonly records: { readonly [K in RecordKind]: ReadonlyMap<string, Records[K]> };
}

export interface Commit {
  readonly head: Head;
  readonly at: number;
  readonly puts: readonly Put[];
  /** At least one where something is written. */
  readonly deeds: readonly Deed[];
  readonly sends: readonly Outgoing[];
  /** The message this answers: done in the same commit, so that a killed process neither loses nor repeats it. */
  readonly answers?: { readonly kept: Kept; readonly talk: TalkNote | null };
  /** A note written in the same commit (a web request's answer, found again when it is repeated). */
  readonly note?: { readonly key: string; readonly body: unknown; readonly until: number };
}

export interface Verified {
  /** How many were found in order. */
  readonly deeds: number;
  /** The last of them. */
  readonly head: Head;
  /** Where the first thing was found that does not fit; `what` in Chinese. */
  readonly fault?: { readonly seq: number; readonly what: string };
}

/** The register of one school. Nothing of another school can be reached through it. */
export interface SchoolLedger {
  /** Every open record; cached by the head. */
  show(): Promise<Shown>;
  /** A record, open or not. */
  get<K extends RecordKind>(kind: K, id: string): Promise<Records[K] | undefined>;
  /** Records no longer at hand, those written last first; with `before`, those last written before that deed's number. */
  past<K extends RecordKind>(kind: K, limit: number, before?: number): Promise<readonly Records[K][]>;
  /** Records of a kind, open or not, the highest number first (`Y12` before `Y9`); `below` is the last id of the page before. */
  list<K extends RecordKind>(kind: K, limit: number, below?: string): Promise<readonly Records[K][]>;
  /**
   * All or nothing. `stale` when another commit came between: show again and decide anew. `saved` without writing
   * anything when the message was answered, or the note written, before: it was saved by an earlier try. Nothing but
   * sends, an answer and a note leaves the log as it is.
   */
  commit(commit: Commit): Promise<'saved' | 'stale'>;
  deeds(of: {
    readonly about?: string;
    readonly after?: number;
    readonly limit: number;
  }): Promise<readonly LoggedDeed[]>;
  /**
   * Walks the chain and compares the records; says the first thing that does not fit. `expected` is a head noted down
   * outside: the log must still hold it.
   */
  verify(expected?: Head): Promise<Verified>;
}

export interface Ledgers {
  forSchool(school: string): SchoolLedger;
  /** Schools that have anything in their register: the reminder round goes through them. */
  schools(): Promise<readonly string[]>;
}
