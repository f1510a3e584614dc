import type { AgendaItem, Leg } from '../domain/agenda-item.ts';
import { AppError } from '../domain/errors.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Member, Roster } from '../domain/member.ts';
import type { Resolution } from '../domain/resolution.ts';
import type { SchoolProfile } from '../domain/school.ts';
import type { LoggedDeed } from '../ports/ledger.ts';

/** The records a paper is made of. Which it needs: item form and reconsideration `item`, meeting papers `meeting`, follow-up `resolution`. */
export interface Sources {
  readonly item?: AgendaItem | undefined;
  /** Every item the paper may speak of, by id: those of the meeting's agenda. */
  readonly items: ReadonlyMap<string, AgendaItem>;
  /** Of meeting papers; of a follow-up and a reconsideration the one that decided. */
  readonly meeting?: Meeting | undefined;
  /** Of a follow-up; of a reconsideration the one to be changed. */
  readonly resolution?: Resolution | undefined;
  /** What the meeting resolved, by id: the minutes name owner and deadline. */
  readonly resolutions?: ReadonlyMap<string, Resolution> | undefined;
  readonly roster: Roster;
  readonly school: SchoolProfile;
  /** The school's calendar day on which the paper is made. */
  readonly day: string;
  /** Who will read it. What is only for some is left out for everybody else, and where nobody is named. */
  readonly reader?: Member | undefined;
}

/** What else a case folder holds (一事一卷). */
export interface CaseSources extends Sources {
  /** The meetings the item was before, earliest first. */
  readonly meetings: readonly Meeting[];
  readonly deeds: readonly LoggedDeed[];
  /** The folder holds what this member may have, and says what it leaves out. */
  readonly reader: Member;
}

const absent = (what: string) => new AppError('not-found', 404, '没有找到，或者不在您能看的范围内。', `no ${what}`);

export function mustHave<T>(record: T | undefined, what: string): T {
  if (record === undefined) throw absent(what);
  return record;
}

export const notThere = (what: string): AppError => absent(what);

/** The leg on which a meeting had the item before it; the one under way where it has not been before it yet. */
export function legAt(item: AgendaItem | undefined, meeting: Meeting): Leg | undefined {
  const was = item?.legs.find((l) => l.done?.meeting === meeting.id);
  if (was) return was;
  const now = item?.legs[item.leg];
  return now?.body === meeting.body ? now : item?.legs.find((l) => l.body === meeting.body);
}

/** The leg after one; `undefined` for the last. */
export const legAfter = (item: AgendaItem | undefined, leg: Leg | undefined): Leg | undefined =>
  item && leg ? item.legs[item.legs.indexOf(leg) + 1] : undefined;
