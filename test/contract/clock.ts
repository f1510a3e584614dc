import { vi } from 'vitest';

/** A Monday morning in term; the suite's time runs on from there as fast as ours, and jumps when told to. */
const BEGINS = Date.parse('2026-11-23T09:00:00+08:00');

export interface Clock {
  /** Lets so much time pass at once. */
  forward(ms: number): void;
  restore(): void;
}

/** One time for everyone in this process: the assistant, the adapters' clients and the platform on the loopback. */
export function startClock(): Clock {
  const real = Date.now.bind(Date);
  const begun = real();
  let passed = 0;
  const spy = vi.spyOn(Date, 'now').mockImplementation(() => BEGINS + (real() - begun) + passed);
  return { forward: (ms) => void (passed += ms), restore: () => spy.mockRestore() };
}
