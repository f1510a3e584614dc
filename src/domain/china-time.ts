/** China has one time zone, eight hours ahead, all the year. */
const AHEAD_MS = 8 * 3_600_000;

/** A moment as clocks in China show it, `2026-11-23T09:05:00.000`: its parts are read from fixed places. */
export const chinaClock = (at: number): string => new Date(at + AHEAD_MS).toISOString().slice(0, -1);

/** The school's calendar day of a moment, `YYYY-MM-DD`. */
export const dayAt = (at: number): string => chinaClock(at).slice(0, 10);
