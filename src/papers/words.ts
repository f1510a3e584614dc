import { chinaClock } from '../domain/china-time.ts';
import type { AgendaItem, Leg } from '../domain/agenda-item.ts';
import type { Meeting } from '../domain/meeting.ts';
import { BODIES, type Roster } from '../domain/member.ts';
import { meetingName } from '../domain/minutes-text.ts';
import type { SchoolProfile } from '../domain/school.ts';

/** Where something is to be filled in by hand. */
export const BLANK = '____________';
const BLANK_DAY = '______年____月____日';

export const orBlank = (text: string | undefined): string => text?.trim() || BLANK;

/** `2026年11月23日` of `2026-11-23`; a line to fill in where there is none. */
export function zhDay(day: string | undefined): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
  return found ? `${found[1]}年${Number(found[2])}月${Number(found[3])}日` : day?.trim() || BLANK_DAY;
}

export const dayAt = (at: number | undefined): string =>
  zhDay(at === undefined ? undefined : chinaClock(at).slice(0, 10));
export const momentAt = (at: number | undefined): string =>
  at === undefined ? BLANK : `${dayAt(at)}${chinaClock(at).slice(11, 16)}`;

/** `15:32`, with the day where it is not the one expected. */
export const timeAt = (at: number | undefined, day: string): string =>
  at !== undefined && chinaClock(at).startsWith(day) ? chinaClock(at).slice(11, 16) : momentAt(at);

/** A sentence has an end. */
export const ended = (text: string): string => (/[。！？；]$/.test(text) ? text : `${text}。`);

const FIGURES = '零一二三四五六七八九十';
/** 一 to 九十九, for headings. */
export function zhNumber(n: number): string {
  if (n <= 10) return FIGURES[n]!;
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  return `${tens > 1 ? FIGURES[tens] : ''}十${ones ? FIGURES[ones] : ''}`;
}

const LEG_BODIES: Readonly<Record<Leg['body'], string>> = {
  ...BODIES,
  congress: '教职工代表大会',
  superior: '上级主管部门',
  other: '法定或专门机构',
};
const LEG_ACTS: Readonly<Record<Leg['act'], string>> = {
  studies: '研究提出方案',
  reviews: '审议',
  passes: '讨论通过',
  decides: '讨论决定',
};
export const legWords = (leg: Leg): string => `${leg.name ?? LEG_BODIES[leg.body]}（${LEG_ACTS[leg.act]}）`;

/** People by name and title, as papers list them: `何副校长（分管副校长）`. */
export const person = (roster: Roster, id: string | undefined): string => {
  if (!id) return '';
  const member = roster.get(id);
  return member ? `${member.name}（${member.title}）` : id;
};
export const people = (roster: Roster, ids: readonly string[]): string => ids.map((id) => roster.nameOf(id)).join('、');

/** A body's name with its school: `议事示范学校党组织会议`. */
export const fullName = (school: SchoolProfile, meeting: Meeting): string =>
  `${school.name}${meetingName(meeting.body, school)}`;

/** A parameter of the school (procedure section 13), or that it has none, with the suggested value where there is one. */
export const param = (school: SchoolProfile, name: string, suggested?: string): string =>
  school.params[name] ?? `本校未设定${suggested ? `（建议值：${suggested}）` : ''}`;

/** Restricted papers say for whom they are (form 0.3, procedure 4.5). None of these words is a grade of state secret. */
export const MARKS = {
  committee_only: '内部材料　仅限会议成员和知情人',
  internal: '内部材料　注意保存',
  public: '',
} as const;

/** Who may know, in a cell of a form. */
export const CIRCLES = { committee_only: '仅限会议成员和知情人', internal: '校内', public: '可公开' } as const;

export const isRestricted = (item: AgendaItem | undefined): boolean =>
  item?.ruling.confidentiality === 'committee_only';
