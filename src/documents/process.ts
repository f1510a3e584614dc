import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { AppError } from '../domain/errors.ts';
import { type Said, TOO_COSTLY } from './isolated.ts';
import { documentReader } from './read.ts';
import { refusal } from './refusals.ts';

/**
 * Run by `isolated.ts`: the file comes in by standard input, what was read goes out by standard output. A thread parses;
 * the main thread watches the memory of the whole process, which a busy parser could not do for itself.
 */
const saidOf = (error: unknown): Said => {
  const e = error instanceof AppError ? error : refusal('document-broken', '', String(error));
  return { ok: false, code: e.code, status: e.status, message: e.message, ...(e.detail && { detail: e.detail }) };
};

async function parse(): Promise<void> {
  const { bytes, name } = workerData as { bytes: Uint8Array; name: string };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  const say = (said: Said) => parentPort!.postMessage(said);
  say(
    await documentReader
      .prepare(bytes, name, (stage) => say({ stage }))
      .then((document): Said => ({ ok: true, document }), saidOf),
  );
}

async function watch(): Promise<void> {
  const [memoryMb, name] = [Number(process.argv[2]), process.argv[3] ?? ''];
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  const bytes = new Uint8Array(Buffer.concat(chunks));
  const thread = new Worker(new URL(import.meta.url), {
    workerData: { bytes, name },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, stackSizeMb: 4 },
    stdout: true, // A parser's own chatter stays out of the answer.
    stderr: true,
  });
  const say = (said: Said) => process.stdout.write(`${JSON.stringify(said)}\n`, () => 'ok' in said && process.exit(0));
  thread.on('message', say);
  thread.once('error', (error: NodeJS.ErrnoException) =>
    error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? process.exit(TOO_COSTLY) : say(saidOf(error)),
  );
  setInterval(() => {
    if (process.memoryUsage.rss() > memoryMb * 3 * 1024 * 1024) process.exit(TOO_COSTLY);
  }, 20);
}

if (isMainThread) await watch();
else await parse();
