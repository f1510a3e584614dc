import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Entry, Meeting } from '../../domain/meeting.ts';
import type { Body, Roster } from '../../domain/member.ts';
import type { SchoolProfile } from '../../domain/school.ts';

/** Counting heads and votes: procedure 4.1, 4.2 (7), 4.4 and 9.3. */

/** Personnel decisions need two thirds, everything else half. */
export type Kind = 'ordinary' | 'cadre';
export const kindOf = (item: Pick<AgendaItem, 'ruling'>): Kind => (item.ruling.cadre ? 'cadre' : 'ordinary');

/** `inclusive_rounding` as schools write it when “以上” does not include the number itself. */
const EXCLUSIVE = /不含|超过|严格|^(?:否|no|false|exclusive)$/i;

/**
 * How many must be here. “以上” includes the number itself unless the school's rules say otherwise; a branch meeting of all
 * Party members needs more than half (procedure 4.1, branch regulations article 11).
 */
export function needed(body: Body, kind: Kind, dueToAttend: number, school: SchoolProfile): number {
  const congress = body === 'party' && school.orgType === '不设支委会的党支部';
  const strict = EXCLUSIVE.test(school.params['inclusive_rounding'] ?? '');
  if (kind === 'cadre') return strict ? Math.floor((dueToAttend * 2) / 3) + 1 : Math.ceil((dueToAttend * 2) / 3);
  return strict || congress ? Math.floor(dueToAttend / 2) + 1 : Math.ceil(dueToAttend / 2);
}

export interface Due {
  readonly count: number;
  /** Which number was taken when roster and profile differ, and that demo values are demo values. */
  readonly note: string;
}

/** Who is due to attend: the roster, or the number the school has set where that is larger. */
export function dueFor(body: Body, roster: Roster, school: SchoolProfile): Due {
  const listed = roster.of(body).length;
  const set = (body === 'party' ? school.partyMembers : school.adminMembers) ?? 0;
  const demo = school.demo ? '（演示值）' : '';
  if (set > listed) return { count: set, note: `应到按学校设定的${set}人计，名册上只有${listed}人，请补名册${demo}` };
  if (set > 0 && set < listed)
    return { count: listed, note: `应到按名册${listed}人计，学校设定写的是${set}人，请核对${demo}` };
  return { count: listed, note: demo };
}

export interface Pass {
  /** Votes in favour that are needed. */
  readonly need: number;
  /** `应到5人，过半数要3票`. */
  readonly words: string;
  /** Set when the school has not written a rule of its own. */
  readonly suggested: boolean;
}

/** `pass_rule`: 应到过半 unless the school writes otherwise (到会过半, 应到三分之二…); a rule we cannot read is not guessed at. */
export function passNeeded(due: number, here: number, school: SchoolProfile): Pass {
  const rule = school.params['pass_rule'] ?? '';
  const ofPresent = /到会|实到|present/i.test(rule) && !/应到/.test(rule);
  const base = ofPresent ? here : due;
  const twoThirds = /三分之二|2\/3/.test(rule);
  const need = twoThirds ? Math.ceil((base * 2) / 3) : Math.floor(base / 2) + 1;
  const known = /半数|过半|三分之二|2\/3|half|majority/i.test(rule);
  return {
    need,
    words: `${ofPresent ? '参加表决' : '应到'}${base}人，${twoThirds ? '三分之二' : '过半数'}要${need}票`,
    suggested: !known,
  };
}

/** Members with a vote who may take part in an item now: here, and not standing back. */
export const takingPart = (meeting: Meeting, entry: Pick<Entry, 'recused'>): readonly string[] =>
  meeting.present.filter((m) => !entry.recused.includes(m));

/** Members due who have not asked for leave. */
export const expected = (meeting: Meeting, roster: Roster): number =>
  roster.of(meeting.body).filter((m) => !meeting.leave.some((l) => l.member === m.id)).length;
