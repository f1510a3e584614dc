import type { Body } from '../../domain/member.ts';
import { meetingName } from '../../domain/minutes-text.ts';
import type { SchoolProfile } from '../../domain/school.ts';

/** What people call the two meetings. */
const CALLED: readonly (readonly [RegExp, Body])[] = [
  [/校长办公会议?|校务会议?|校办会|校长会议?|行政办公会议?|行政会议?|园务会议?|principal'?s? meeting/i, 'principal'],
  [
    /党组织会议?|党委(?:会议?|会)|党总支(?:委员)?会议?|总支会议?|支委会(?:会议)?|支部(?:委员|党员)?(?:大会|会议?)|党员大会|党会|party meeting/i,
    'party',
  ],
];

/** The meeting a text names, and the text without it. */
export function bodyIn(text: string): { body: Body | undefined; rest: string } {
  for (const [pattern, body] of CALLED)
    if (pattern.test(text)) return { body, rest: text.replace(pattern, ' ').replace(/\s+/g, ' ').trim() };
  return { body: undefined, rest: text };
}

export { meetingName };

const DEFAULT_PATTERN = '{会}〔{年}〕第{次}次';

/** `党会〔2026〕第3次` (form 0.2); `meeting_code_pattern` may say otherwise with {会}, {年} and {次}, all three of them. */
export function meetingNumber(body: Body, year: number, ordinal: number, school: SchoolProfile): string {
  const own = school.params['meeting_code_pattern'];
  const whole = own !== undefined && ['{会}', '{年}', '{次}'].every((part) => own.includes(part));
  return (whole ? own : DEFAULT_PATTERN)
    .replace('{会}', body === 'party' ? '党会' : '校办会')
    .replace('{年}', String(year))
    .replace('{次}', String(ordinal));
}

/** A number of working days the school has set, or the suggested one. Procedure 3.5 and section 13. */
export function daysSet(school: SchoolProfile, name: string, suggested: number): { days: number; word: string } {
  const set = /\d+/.exec(school.params[name] ?? '')?.[0];
  return set === undefined
    ? { days: suggested, word: `${suggested}个工作日（建议值，本校未设定）` }
    : { days: Number(set), word: `${set}个工作日` };
}
