import { changed } from './history.ts';

/** The demo school's time: Beijing time, which can be moved forward (`/api/demo/clock`), never back. */
export interface Moved {
  readonly now: number;
  readonly sent: readonly { readonly to: string; readonly text: string }[];
}

const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3_600_000;
let ahead = 0;
let known = false;
let moved: Moved | undefined;

/** Epoch milliseconds in the demo. */
export const demoNow = (): number => Date.now() + ahead;
/** Whether there is a demo clock, and it has been read. */
export const hasClock = (): boolean => known;
/** What the last move brought. */
export const lastMove = (): Moved | undefined => moved;

/** `YYYY-MM-DD` in Beijing, so many days on. */
export const dayIn = (at: number, days = 0): string =>
  new Date(at + BEIJING_MS + days * DAY_MS).toISOString().slice(0, 10);
/** `YYYY-MM-DDTHH:MM` in Beijing, as a date-time field has it. */
export const minuteIn = (at: number, days = 0): string =>
  new Date(at + BEIJING_MS + days * DAY_MS).toISOString().slice(0, 16);

const shown = (at: number, form: Intl.DateTimeFormatOptions): string =>
  new Date(at).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', ...form });
export const timeText = (at: number): string => shown(at, { hour: '2-digit', minute: '2-digit', hour12: false });
/** 2026年11月23日 周一 */
export const dateText = (at: number): string =>
  `${shown(at, { year: 'numeric', month: 'long', day: 'numeric' })} ${shown(at, { weekday: 'short' })}`;
/** 11月23日 周一 08:00 */
export const shortText = (at: number): string =>
  `${shown(at, { month: 'long', day: 'numeric' })} ${shown(at, { weekday: 'short' })} ${timeText(at)}`;

/** The first working day after today: weekends and the school's exceptions to them counted. */
export function nextWorkday(at: number, exceptions: readonly string[]): string {
  for (let n = 1; ; n++) {
    const day = dayIn(at, n);
    const weekend = new Date(day).getUTCDay() % 6 === 0;
    if (weekend === exceptions.includes(day)) return day;
  }
}

function set(now: string): number {
  const at = Date.parse(now);
  ahead = at - Date.now();
  known = true;
  changed();
  return at;
}

/** Reads the demo's clock; without one it stays with the computer's. */
export async function readClock(): Promise<void> {
  const response = await fetch('/api/demo/clock').catch(() => undefined);
  if (response?.ok) set(((await response.json()) as { now: string }).now);
}

/** Moves to a Beijing minute (`YYYY-MM-DDTHH:MM`); throws what to tell the person. */
export async function moveTo(minute: string): Promise<Moved> {
  const response = await fetch('/api/demo/clock', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ now: `${minute}:00+08:00` }),
  }).catch(() => {
    throw new Error('网络不通，时间没有拨动。');
  });
  const body = (await response.json().catch(() => ({}))) as {
    now?: string;
    sent?: Moved['sent'];
    error?: { message?: string };
  };
  if (!body.now) throw new Error(body.error?.message ?? '时间没有拨动，请稍后再试。');
  moved = { now: set(body.now), sent: body.sent ?? [] };
  return moved;
}
