import type { Bot, Line } from './shapes.ts';
import { within } from './within.ts';

interface Watch {
  readonly line: Line;
  /** When the puppet last said something about its login, and whether a code waits to be scanned. */
  readonly signs: { last: number; code: boolean };
  readonly until: AbortSignal;
  readonly now: () => number;
  readonly say: (level: 'info' | 'warn' | 'error', text: string) => void;
  readonly everyMs?: number;
}

const LOOK_EVERY_MS = 5000;
const MOST_STOP_MS = 5000;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * Starts the puppet and, when it neither logs in nor asks to be logged in, starts it again, less and less often: new
 * logins are what accounts are banned for. A code that waits to be scanned is left its ten minutes.
 */
export async function keepStarted(bot: Bot, watch: Watch): Promise<void> {
  const { line, signs, until, now, say, everyMs = LOOK_EVERY_MS } = watch;
  const start = () => bot.start().catch((error: unknown) => say('warn', `没有启动成功：${String(error)}`));
  const stop = () =>
    within(MOST_STOP_MS, bot.stop()).catch((error: unknown) => say('warn', `没有停好：${String(error)}`));
  await start();
  let wait = FIRST_WAIT_MS;
  while (!until.aborted) {
    await pause(everyMs, until);
    if (line.now) wait = FIRST_WAIT_MS;
    else if (!until.aborted && now() - signs.last >= (signs.code ? LONGEST_WAIT_MS : wait)) {
      say('error', '没有登录，puppet 也没有动静，重新启动它');
      signs.last = now();
      wait = Math.min(2 * wait, LONGEST_WAIT_MS);
      await stop();
      await start();
    }
  }
  line.now = undefined;
  await stop();
}

function pause(ms: number, until: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (until.aborted) return done();
    const timer = setTimeout(end, ms);
    function end() {
      clearTimeout(timer);
      until.removeEventListener('abort', end);
      done();
    }
    until.addEventListener('abort', end);
  });
}
