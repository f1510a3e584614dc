import type { Outgoing } from '../domain/message.ts';
import type { Platform } from '../ports/platform.ts';

/** Whoever waits longer than this is told that the answer is being made. Readily made answers come without. */
const QUIET_MS = 1000;

/** Runs the work; tells whether the platform was made to say meanwhile that it takes longer. */
export async function withNotice<T>(
  platform: Platform | undefined,
  answer: Omit<Outgoing, 'reply'>,
  now: () => number,
  run: () => Promise<T>,
): Promise<{ readonly made: T; readonly noticed: boolean }> {
  if (!platform?.working) return { made: await run(), noticed: false };
  let notice: Promise<void> | undefined;
  const timer = setTimeout(() => (notice = platform.working!(answer, now()).catch(() => {})), QUIET_MS);
  try {
    return { made: await run(), noticed: notice !== undefined };
  } finally {
    clearTimeout(timer);
    await notice;
  }
}
