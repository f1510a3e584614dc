/**
 * WeCom drops in silence what one member gets beyond a minute's share (频率限制, 90312), so the share is kept here, in
 * each process; what is beyond it waits.
 */
export interface Limiter {
  /** How long to wait before the next message to this receiver, in milliseconds; 0 takes the place at once. */
  take(receiver: string, now: number): number;
}

const SPAN_MS = 60_000;
const RECEIVERS_KEPT = 5000;

export function perMinute(most: number): Limiter {
  const recent = new Map<string, readonly number[]>();
  return {
    take(receiver, now) {
      const times = (recent.get(receiver) ?? []).filter((time) => now - time < SPAN_MS);
      const oldest = times[0];
      if (oldest !== undefined && times.length >= most) return oldest + SPAN_MS - now;
      recent.delete(receiver);
      recent.set(receiver, [...times, now]);
      if (recent.size > RECEIVERS_KEPT) recent.delete(recent.keys().next().value ?? '');
      return 0;
    },
  };
}
