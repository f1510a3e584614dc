import { type ChildProcess, fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { join } from 'node:path';

export interface Served {
  readonly port: number;
  /** CPU time used so far, in microseconds. */
  cpu(): Promise<number>;
  stop(): void;
}

const told = <T>(child: ChildProcess) => new Promise<T>((done) => child.once('message', (m) => done(m as T)));

export async function served(kind: 'bare' | 'bare-webhook' | 'service'): Promise<Served> {
  const child = fork(join(import.meta.dirname, 'server.ts'), [kind], { execArgv: ['--no-warnings'] });
  const { port } = await told<{ port: number }>(child);
  return {
    port,
    cpu: async () => {
      const reply = told<{ cpu: number }>(child);
      child.send('cpu');
      return (await reply).cpu;
    },
    stop: () => child.disconnect(),
  };
}

export interface Call {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface Measured {
  readonly perSecond: number;
  /** Server CPU a request, in microseconds. */
  readonly cpu: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

/** Sends the calls over `connections` kept-open connections, one after the other on each. */
export async function load(server: Served, calls: readonly Call[], connections: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let [next, failed] = [0, 0];
  const one = (call: Call) =>
    new Promise<void>((done) => {
      const begun = performance.now();
      const r = request(
        {
          port: server.port,
          host: '127.0.0.1',
          method: 'POST',
          path: call.path,
          agent,
          headers: { ...call.headers, 'content-length': Buffer.byteLength(call.body) },
        },
        (response) => {
          if (response.statusCode !== 200) failed++;
          response.resume().on('end', () => {
            latencies.push(performance.now() - begun);
            done();
          });
        },
      );
      r.on('error', () => (failed++, done()));
      r.end(call.body);
    });
  const before = await server.cpu();
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let call = calls[next++]; call; call = calls[next++]) await one(call);
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  const cpu = (await server.cpu()) - before;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { perSecond: calls.length / seconds, cpu: cpu / calls.length, p50: at(0.5), p99: at(0.99), failed };
}

export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
