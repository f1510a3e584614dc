/**
 * Platforms refuse, drop or punish what one receiver gets beyond its share of a minute or a second, so the share is kept
 * here, in each process; what is beyond it waits.
 */
export interface Limiter {
  /** How long to wait before the next message to this receiver, in milliseconds; 0 takes the place at once. */
  take(receiver: string, now: number): number;
}

const RECEIVERS_KEPT = 5000;

const within =
  (spanMs: number) =>
  (most: number): Limiter => {
    const recent = new Map<string, readonly number[]>();
    return {
      take(receiver, now) {
        const times = (recent.get(receiver) ?? []).filter((time) => now - time < spanMs);
        const oldest = times[0];
        if (oldest !== undefined && times.length >= most) return oldest + spanMs - now;
        recent.delete(receiver);
        recent.set(receiver, [...times, now]);
        if (recent.size > RECEIVERS_KEPT) recent.delete(recent.keys().next().value ?? '');
        return 0;
      },
    };
  };

export const perSecond = within(1000);
/** WeCom drops in silence what is beyond it (频率限制, 90312). */
export const perMinute = within(60_000);
