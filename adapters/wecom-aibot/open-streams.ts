import * as z from 'zod/mini';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { Exchange } from './exchange.ts';
import { closedNote, GIVE_UP_MS, LATE, streamFrame, streamIdOf } from './streams.ts';

/**
 * Streams over the long connection whose placeholder is shown and whose answer is not: WeCom ends them after six minutes
 * (846608), and until then the asker sees a cursor. Each is finished in time, when the service stops, and after a crash
 * by the next start; the answer is then pushed on its own.
 */
const KEPT_MS = 24 * 3_600_000;
const RESTARTING = '正在重启，答好后发在这里。';
/** What is being finished when the service stops is waited for this long. */
const MOST_STOP_MS = 2000;

const noteShape = z.array(z.object({ reqId: z.string(), at: z.number() }));

export interface OpenStreams {
  /** The placeholder of this frame is shown. */
  shown(reqId: string, at: number): Promise<void>;
  /** Its answer is out. */
  finished(reqId: string): Promise<void>;
  /** Takes up what an earlier process left. */
  resume(): Promise<void>;
  /** Finishes all of them: the service stops. */
  finishAll(): Promise<void>;
}

export function openStreams(exchange: Exchange, notebook: Notebook, botId: string, clock: () => number): OpenStreams {
  const open = new Map<string, number>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const note = () =>
    notebook.write(
      `aibot-open:${botId}`,
      [...open].map(([reqId, at]) => ({ reqId, at })),
      clock() + KEPT_MS,
    );

  async function end(reqId: string, words: string): Promise<void> {
    if (!open.has(reqId)) return;
    // First the mark: an answer that comes now is pushed, not lost behind the last frame.
    await notebook.write(closedNote(streamIdOf(reqId)), true, clock() + KEPT_MS);
    await exchange.line?.reply(reqId, streamFrame(streamIdOf(reqId), words, true));
    await drop(reqId);
  }

  async function drop(reqId: string): Promise<void> {
    clearTimeout(timers.get(reqId));
    timers.delete(reqId);
    if (open.delete(reqId)) await note();
  }

  const watch = (reqId: string, at: number) => {
    open.set(reqId, at);
    clearTimeout(timers.get(reqId));
    const wait = Math.max(0, at + GIVE_UP_MS - clock());
    timers.set(reqId, setTimeout(() => void end(reqId, LATE).catch(() => {}), wait).unref());
  };

  return {
    async shown(reqId, at) {
      watch(reqId, at);
      await note();
    },
    finished: drop,
    async resume() {
      const left = z.safeParse(noteShape, await notebook.read(`aibot-open:${botId}`, clock())).data ?? [];
      for (const { reqId, at } of left) if (!open.has(reqId)) watch(reqId, at);
    },
    async finishAll() {
      const all = Promise.allSettled([...open.keys()].map((reqId) => end(reqId, RESTARTING)));
      await Promise.race([all, new Promise((done) => setTimeout(done, MOST_STOP_MS).unref())]);
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
