import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';

export interface Running {
  readonly url: string;
  readonly child: ChildProcess;
  readonly output: () => string;
  /** SIGKILL, at once. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export const dataFolder = () => mkdtempSync(join(tmpdir(), 'yishi-'));

/** The real service in a process of its own, on a free port; resolves once it says where it listens. */
export function startProcess(env: Record<string, string> = {}): Promise<Running> {
  const child = spawn(process.execPath, ['--no-warnings', join(ROOT, 'src/entry/node.ts')], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', YISHI_DATA: dataFolder(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = new Promise<number | null>((done) => child.once('exit', done));
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return exited;
  };
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /http:\/\/[\d.]+:\d+/.exec(output)?.[0];
      if (url)
        resolve({
          url,
          child,
          output: () => output,
          kill: async () => void (await end('SIGKILL')),
          stop: () => end('SIGTERM'),
        });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exited.then((code) => reject(new Error(`the service ended with ${code}: ${output}`)));
  });
}

/** Waits until a condition holds; fails with what was last seen. */
export async function until<T>(look: () => T | Promise<T>, holds: (seen: T) => boolean, ms = 8000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain; last saw ${JSON.stringify(seen)}`);
    await new Promise((done) => setTimeout(done, 30));
  }
}
