import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepStarted } from '../../adapters/wechaty/keep-started.ts';
import type { Bot, Contact, Line } from '../../adapters/wechaty/shapes.ts';

const MINUTE = 60_000;
let line: Line;
let signs: { last: number; code: boolean };
let stop: AbortController;
const start = vi.fn(() => Promise.resolve());
const end = vi.fn(() => Promise.resolve());
const say = vi.fn();
const bot = { start, stop: end } as unknown as Bot;

beforeEach(() => {
  vi.useFakeTimers();
  line = {};
  stop = new AbortController();
  signs = { last: Date.now(), code: false };
});
afterEach(() => {
  stop.abort();
  vi.useRealTimers();
  vi.resetAllMocks();
  for (const fake of [start, end]) fake.mockImplementation(() => Promise.resolve());
});
const keep = () => keepStarted(bot, { line, signs, until: stop.signal, now: Date.now, say });

describe('a puppet', () => {
  it('that does not come up is started again, less and less often', async () => {
    start.mockRejectedValue(new Error('no service'));
    void keep();
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(start.mock.calls.length).toBeGreaterThanOrEqual(4);
    expect(start.mock.calls.length).toBeLessThanOrEqual(6);
    expect(say).toHaveBeenCalledWith('warn', expect.stringContaining('no service'));
  });

  it('is left alone while it is logged in', async () => {
    void keep();
    line.now = { bot, me: {} as Contact };
    await vi.advanceTimersByTimeAsync(60 * MINUTE);
    expect(start).toHaveBeenCalledTimes(1);
  });

  it('is left ten minutes while a code waits to be scanned', async () => {
    void keep();
    signs.code = true;
    await vi.advanceTimersByTimeAsync(9 * MINUTE);
    expect(start).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(start).toHaveBeenCalledTimes(2);
  });

  it('is stopped at the end, also when it does not answer', async () => {
    const kept = keep();
    end.mockImplementation(() => new Promise(() => {}));
    stop.abort();
    await vi.advanceTimersByTimeAsync(10_000);
    await expect(kept).resolves.toBeUndefined();
    expect(end).toHaveBeenCalledTimes(1);
  });
});
