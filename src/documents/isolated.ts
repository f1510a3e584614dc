import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { AppError } from '../domain/errors.ts';
import type { DocumentReader, ReadDocument } from '../ports/documents.ts';
import { kindOf } from './kind.ts';
import { refusal } from './refusals.ts';

/** What the process says: a document or a refusal, as one JSON text. */
export type Said =
  | { readonly ok: true; readonly document: ReadDocument }
  | { readonly ok: false; readonly code: string; readonly status: AppError['status']; readonly message: string; readonly detail?: string };

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
    async read(bytes, name) {
      kindOf(bytes); // What the first bytes give away needs no process.
      const said = await inProcess(bytes, name, bounds);
      if (said.ok) return said.document;
      throw new AppError(said.code, said.status, said.message, said.detail);
    },
  };
}

function inProcess(bytes: Uint8Array, name: string, { timeMs, memoryMb }: Bounds): Promise<Said> {
  const flags = ['--no-warnings', '--permission', '--allow-fs-read=*', '--allow-worker'];
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, 'process.ts'), String(memoryMb), name], {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: timeMs,
    killSignal: 'SIGKILL',
  });
  child.stdin.on('error', () => {}); // It may refuse, and end, before it has read everything.
  child.stdin.end(bytes);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal === 'SIGKILL') return reject(refusal('document-too-slow', '', `killed after ${timeMs} ms`));
      try {
        resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Said);
      } catch {
        reject(refusal(code === TOO_COSTLY || code === 134 || signal ? 'document-too-costly' : 'document-broken', '', `the reading process ended with ${code ?? signal}`));
      }
    });
  });
}
