/** How often a duty recurs. */
export const EVERY = ['week', 'month', 'quarter', 'half-year', 'year'] as const;

/** 周期性工作: 三会一课, the weekly talk of secretary and principal and whatever else a school's list names. */
export interface Duty {
  /** `P3`. */
  readonly id: string;
  readonly title: string;
  /** Who is reminded: a member's id. */
  readonly owner: string;
  /** Reminded beside the owner: members' ids. */
  readonly others?: readonly string[];
  readonly every: (typeof EVERY)[number];
  /** Working days before the end of the period on which it is spoken of first. */
  readonly leadDays: number;
  /** The periods done, by their key (`2026-W48`, `2026-11`, `2026-Q4`, `2026-H2`, `2026`). */
  /** What it rests on, as people read it. */
  readonly basis?: string;
  /** Its basis or frequency has not been checked (待核). */
  readonly unverified?: boolean;
  /** The regular talk of secretary and principal (procedure 3.3); a school's list has at most one. */
  readonly talk?: boolean;
  /** Periods that began before this day are not asked after. */
  readonly since?: string;
  readonly done: readonly {
    readonly period: string;
    readonly by: string;
    readonly at: number;
    readonly note?: string;
    /** Of the talk of secretary and principal: shown to the two only. */
    readonly talk?: TalkCard;
  }[];
}

/** 沟通要点卡 (procedure 3.3): no word about persons. */
export interface TalkCard {
  readonly topics: string;
  readonly agreed?: string;
  readonly later?: string;
}

/** A duty as a school's list names it; people by id, name, title or role (`secretary`, `书记`). */
export interface DutyRow extends Omit<Duty, 'done' | 'others'> {
  readonly others: readonly string[];
}

/** One person's wish not to hear of one thing until a day (exclusive), with the reason. */
export interface Snooze {
  /** `<member>/<about>` */
  readonly id: string;
  readonly member: string;
  /** The id of what is snoozed; `*` for everything. */
  readonly about: string;
  readonly until: string;
  readonly why: string;
}

/** One day's reminder round, kept so that it happens once. */
export interface Round {
  /** The calendar day. */
  readonly id: string;
  readonly at: number;
  /** `member:<id>` or `group:<id>` of each digest sent. */
  readonly told: readonly string[];
}
