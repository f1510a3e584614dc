import { type ChildProcess, fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { join } from 'node:path';

export interface Served {
  readonly port: number;
  /** CPU time used so far, in microseconds. */
  cpu(): Promise<number>;
  stop(): void;
}

export const told = <T>(child: ChildProcess) => new Promise<T>((done) => child.once('message', (m) => done(m as T)));

export async function served(kind: 'bare' | 'bare-webhook' | 'service' | 'working', feishu = ''): Promise<Served> {
  const child = fork(join(import.meta.dirname, 'server.ts'), [kind, feishu], { execArgv: ['--no-warnings'] });
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

/** Makes calls over so many kept-open connections; what each took, from the moment it was due. */
function caller(server: Served, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let failed = 0;
  const one = (call: Call, due = performance.now()) =>
    new Promise<void>((done) => {
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
            latencies.push(performance.now() - due);
            done();
          });
        },
      );
      r.on('error', () => (failed++, done()));
      r.end(call.body);
    });
  return { one, latencies, failures: () => failed, close: () => agent.destroy() };
}

function shares(latencies: number[]): (share: number) => number {
  latencies.sort((a, b) => a - b);
  return (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
}

export interface Rated {
  readonly sent: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  readonly failed: number;
}

/** So many calls a second, whether the server keeps up or not: a call that has to wait has waited since it was due. */
export async function rated(
  server: Served,
  call: () => Call,
  perSecond: number,
  seconds: number,
  connections: number,
): Promise<Rated> {
  const { one, latencies, failures, close } = caller(server, connections);
  const begun = performance.now();
  const under: Promise<void>[] = [];
  for (let sent = 0; sent < perSecond * seconds;) {
    const due = Math.min(perSecond * seconds, Math.floor(((performance.now() - begun) / 1000) * perSecond));
    for (; sent < due; sent++) under.push(one(call(), begun + (sent / perSecond) * 1000));
    await new Promise((done) => setTimeout(done, 2));
  }
  await Promise.all(under);
  close();
  const at = shares(latencies);
  return { sent: under.length, p50: at(0.5), p99: at(0.99), most: at(1), failed: failures() };
}

/** Sends the calls over `connections` kept-open connections, one after the other on each. */
export async function load(server: Served, calls: readonly Call[], connections: number): Promise<Measured> {
  const { one, latencies, failures, close } = caller(server, connections);
  let next = 0;
  const before = await server.cpu();
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let call = calls[next++]; call; call = calls[next++]) await one(call);
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  const cpu = (await server.cpu()) - before;
  close();
  const at = shares(latencies);
  return {
    perSecond: calls.length / seconds,
    cpu: cpu / calls.length,
    p50: at(0.5),
    p99: at(0.99),
    failed: failures(),
  };
}

export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
