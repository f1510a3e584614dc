import { vi } from 'vitest';
import { listenToWechaty } from '../../adapters/wechaty/listen.ts';
import { wechatyPlatform } from '../../adapters/wechaty/send.ts';
import type { Line } from '../../adapters/wechaty/shapes.ts';
import { workOnce } from '../../src/assistant/answer-messages.ts';
import type { InboundMessage } from '../../src/domain/message.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { until } from '../fakes/process.ts';
import { startService } from '../fakes/service.ts';
import { mocked } from './mocked.ts';

/** An account that is logged in and listens: Wechaty, the mock puppet, the store and the assistant. */
export async function startAccount() {
  const phone = await mocked();
  const line: Line = {};
  const kept: string[] = [];
  const stop = new AbortController();
  const log = vi.fn<(level: string, text: string) => void>();
  const showCode = vi.fn<(code?: string) => Promise<void>>(async () => {});
  /** Called before a message is kept; `kept` is what was kept, in order. */
  const keep = vi.fn<() => void | Promise<void>>();
  const notebook = memoryNotebook();
  const platform = wechatyPlatform(line, notebook, () => 0);
  const { work } = startService({}, { now: Date.now, random: () => 0, platforms: new Map([['wechaty', platform]]) });
  const deliver = async (message: InboundMessage) => {
    await keep();
    await work.store.keep('demo', message);
    kept.push(message.text);
  };
  const listening = listenToWechaty(
    phone.bot,
    { puppet: 'wechaty-puppet-mock', secrets: ['s3cr3t-token'] },
    { line, notebook, until: stop.signal, log, showCode, deliver },
  );
  await until(
    () => phone.puppet.emit('heartbeat', { data: 'up' }),
    (up) => up,
  );
  phone.mocker.login(phone.me);
  await until(
    () => line.now,
    (now) => now !== undefined,
  );
  return {
    phone,
    work,
    line,
    log,
    showCode,
    keep,
    kept,
    logged: (words: RegExp) => log.mock.calls.filter(([, text]) => words.test(text)),
    /** What the account has said once it has said `n` things. */
    heard: (n: number) =>
      until(
        async () => {
          await workOnce(work);
          return phone.said();
        },
        (said) => said.length >= n,
      ),
    /** Long enough for one more answer to show itself, were there one. */
    async settled() {
      await new Promise((done) => setTimeout(done, 200));
      await workOnce(work);
      return phone.said();
    },
    async close() {
      stop.abort();
      await listening;
    },
  };
}
export type Account = Awaited<ReturnType<typeof startAccount>>;
