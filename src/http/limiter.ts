/** A token bucket a client; enough to stop a runaway script, far above what people or checks need. */
export interface Limiter {
  /** Takes one; 0 when allowed, else how many milliseconds to wait. */
  take(client: string, now: number): number;
}

export const unlimited: Limiter = { take: () => 0 };

export function limiter(perSecond: number, burst: number): Limiter {
  if (perSecond <= 0) return unlimited;
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(client, now) {
      if (buckets.size > 10_000) buckets.clear();
      const bucket = buckets.get(client) ?? { tokens: burst, at: now };
      bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
      bucket.at = now;
      buckets.set(client, bucket);
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return 0;
      }
      return Math.ceil(((1 - bucket.tokens) / perSecond) * 1000);
    },
  };
}
