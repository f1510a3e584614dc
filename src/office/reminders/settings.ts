import type { SchoolProfile } from '../../domain/school.ts';

/** Minutes after midnight, school time. */
export interface Hours {
  readonly from: number;
  readonly until: number;
}

/** What a school sets about reminders; where it has set nothing, the suggested value, and that it is one. */
export interface Settings {
  readonly remindAt: number;
  readonly quiet: Hours;
  /** Working days overdue after which the chair of the deciding body hears of it (procedure section 5). */
  readonly chairAfter: number;
  /** Working days for the minutes (procedure section 5). */
  readonly minutesDays: number;
  readonly group?: string;
  /** Days without reminders, both ends included: 2026-07-10/2026-08-25. */
  readonly pauses: readonly (readonly [from: string, until: string])[];
  /** Names of parameters that stand at the suggested value. */
  readonly suggested: readonly string[];
}

export const SUGGESTED = {
  remind_at: '08:00',
  quiet_hours: '21:00-07:00',
  escalate_after: '1',
  minutes_days: '3',
} as const;

const minutesOf = (text: string | undefined): number | undefined => {
  const [, h, m] = /^([01]?\d|2[0-3])[:：]([0-5]\d)$/.exec(text?.trim() ?? '') ?? [];
  return h === undefined ? undefined : Number(h) * 60 + Number(m);
};
const hoursOf = (text: string | undefined): Hours | undefined => {
  const [from, until] = (text ?? '').split(/\s*[-–—~至]\s*/).map(minutesOf);
  return from === undefined || until === undefined ? undefined : { from, until };
};
const countOf = (text: string | undefined): number | undefined =>
  /^\d{1,2}$/.test(text?.trim() ?? '') ? Number(text) : undefined;

/** `8:00` */
export const clockText = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

export const isQuiet = (minute: number, { from, until }: Hours): boolean =>
  from <= until ? minute >= from && minute < until : minute >= from || minute < until;

/** Reads the parameters; one that cannot be read counts as not set. */
export function settingsOf({ params }: SchoolProfile): Settings {
  const suggested: string[] = [];
  const or = <T>(name: keyof typeof SUGGESTED, read: (text: string | undefined) => T | undefined): T => {
    const own = read(params[name]);
    if (own === undefined) suggested.push(name);
    return own ?? read(SUGGESTED[name])!;
  };
  const quiet = or('quiet_hours', hoursOf);
  const wished = or('remind_at', minutesOf);
  return {
    // A reminder time inside the quiet hours waits for their end.
    remindAt: isQuiet(wished, quiet) ? quiet.until : wished,
    quiet,
    chairAfter: Math.max(1, or('escalate_after', countOf)),
    minutesDays: or('minutes_days', countOf),
    ...(params['digest_group'] && { group: params['digest_group'] }),
    pauses: (params['no_reminders'] ?? '').split(/[,，;；\s]+/).flatMap(pauseOf),
    suggested,
  };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
function pauseOf(text: string): (readonly [string, string])[] {
  const [from = '', until = from] = text.split('/');
  return DAY.test(from) && DAY.test(until) && from <= until ? [[from, until]] : [];
}

export const isPaused = (day: string, { pauses }: Settings): boolean =>
  pauses.some(([from, until]) => from <= day && day <= until);
