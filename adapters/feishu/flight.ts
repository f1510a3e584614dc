/**
 * Lets callers share one run in flight. A flight older than `staleMs` is given up and started anew: on Workers a fetch
 * dies with the request that began it, and nobody may wait for it forever.
 */
export function singleFlight<T>(run: () => Promise<T>, now: () => number, staleMs: number): () => Promise<T> {
  let flight: { readonly result: Promise<T>; readonly since: number } | undefined;
  return () => {
    if (flight && now() - flight.since < staleMs) return flight.result;
    const mine = { result: run().finally(() => flight === mine && (flight = undefined)), since: now() };
    flight = mine;
    return mine.result;
  };
}

/** The promise's value, or nothing when it takes longer. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)));
  return Promise.race([promise, tooLate]).finally(() => clearTimeout(timer));
}
