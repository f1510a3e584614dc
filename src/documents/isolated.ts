import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError } from '../domain/errors.ts';
import type { DocumentReader, PreparedDocument, PreparingStage } from '../ports/documents.ts';
import { kindOf } from './kind.ts';
import { refusal } from './refusals.ts';

/** What the process says, a line of JSON each: the stages it comes to, then a document or a refusal. */
export type Said =
  | { readonly stage: PreparingStage }
  | { readonly ok: true; readonly document: PreparedDocument }
  | {
      readonly ok: false;
      readonly code: string;
      readonly status: AppError['status'];
      readonly message: string;
      readonly detail?: string;
    };

/** The process ends itself with this when its memory passes the cap. */
export const TOO_COSTLY = 77;

export interface Bounds {
  readonly timeMs: number;
  /** Of the JavaScript heap, and (three times that) of everything together. */
  readonly memoryMb: number;
}

/**
 * The reader on Node. Each file is parsed in a process of its own that may neither write files nor start programs, has
 * no environment, a time limit and a memory cap: a hostile file can cost that process its life, never the service's. A
 * thread alone would not do: running out of memory outside the JavaScript heap ends the whole process.
 */
export function isolatedReader(bounds: Bounds = { timeMs: 60_000, memoryMb: 384 }): DocumentReader {
  return {
    async prepare(bytes, name, onStage = () => {}) {
      kindOf(bytes); // What the first bytes give away needs no process.
      const said = await inProcess(bytes, name, bounds, onStage);
      if (said.ok) return said.document;
      throw new AppError(said.code, said.status, said.message, said.detail);
    },
  };
}

type Answer = Exclude<Said, { stage: PreparingStage }>;

function inProcess(
  bytes: Uint8Array,
  name: string,
  { timeMs, memoryMb }: Bounds,
  onStage: (stage: PreparingStage) => void,
): Promise<Answer> {
  const flags = ['--no-warnings', '--permission', '--allow-fs-read=*', '--allow-worker'];
  const child = spawn(
    process.execPath,
    [...flags, fileURLToPath(new URL('./process.ts', import.meta.url)), String(memoryMb), name],
    {
      env: {},
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: timeMs,
      killSignal: 'SIGKILL',
    },
  );
  child.stdin.on('error', () => {}); // It may refuse, and end, before it has read everything.
  child.stdin.end(bytes);
  let line: Buffer[] = [];
  let answer: Answer | null = null;
  const hear = () => {
    const said = JSON.parse(Buffer.concat(line).toString('utf8')) as Said;
    line = [];
    if ('stage' in said) onStage(said.stage);
    else answer = said;
  };
  child.stdout.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let end; (end = chunk.indexOf(10, from)) >= 0; from = end + 1) {
      line.push(chunk.subarray(from, end));
      hear();
    }
    line.push(chunk.subarray(from));
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (answer) return resolve(answer);
      if (signal === 'SIGKILL') return reject(refusal('document-too-slow', '', `killed after ${timeMs} ms`));
      const dear = code === TOO_COSTLY || code === 134 || signal !== null; // 134: out of memory beyond the thread's own.
      reject(
        refusal(
          dear ? 'document-too-costly' : 'document-broken',
          '',
          `the reading process ended with ${code ?? signal}`,
        ),
      );
    });
  });
}
