import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installed } from '../../adapters/wechaty/load.ts';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { dataFolder, type Running, startProcess, until } from '../fakes/process.ts';
import { mockedPuppet, school, type MockPuppet } from './mocked.ts';
import { noWechaty } from './no-wechaty.ts';

const ENTRY = join(ROOT, 'src/entry/wechaty.ts');
/** `insecure` is the name on the certificate that comes with the puppet. */
const TOKEN = 'insecure_1fe5f846-3cfb-401d-b20c-000000000000';

interface PuppetServer {
  start(): Promise<void>;
  stop(): Promise<void>;
}
interface Service {
  readonly PuppetServer: new (options: { endpoint: string; token: string; puppet: MockPuppet }) => PuppetServer;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

describe.skipIf(noWechaty)(`Wechaty in its own process${noWechaty ? ` (skipped: ${noWechaty})` : ''}`, () => {
  let service: Running;
  let gateway: PuppetServer;
  let phone: ReturnType<typeof school> & Awaited<ReturnType<typeof mockedPuppet>>;
  let env: Record<string, string>;
  let child: ChildProcess | undefined;
  let output = '';

  /** The real entry, its puppet a remote one over gRPC, as `npm run wechaty` starts it. */
  function start(): void {
    child = spawn(process.execPath, ['--no-warnings', ENTRY], { cwd: ROOT, env: { ...process.env, ...env } });
    for (const stream of [child.stdout, child.stderr])
      stream!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const printed = (words: RegExp, times = 1) =>
    until(
      () => output,
      (text) => (text.match(new RegExp(words, 'g')) ?? []).length >= times,
      20_000,
    );
  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const gone = once(child!, 'exit') as Promise<[number | null]>;
    child!.kill(signal);
    return (await gone)[0];
  }

  beforeEach(async () => {
    output = '';
    const data = dataFolder();
    service = await startProcess({ YISHI_DATA: data });
    const { PuppetServer } = await installed<Service>('wechaty-puppet-service', '');
    const { mocker, puppet } = await mockedPuppet();
    phone = { mocker, puppet, ...school(mocker) };
    const endpoint = `127.0.0.1:${await freePort()}`;
    gateway = new PuppetServer({ endpoint, token: TOKEN, puppet });
    await gateway.start();
    env = {
      YISHI_DATA: data,
      HOME: data,
      WECHATY_PUPPET: 'wechaty-puppet-service',
      WECHATY_PUPPET_SERVICE_TOKEN: TOKEN,
      WECHATY_PUPPET_SERVICE_ENDPOINT: endpoint,
    };
  });
  afterEach(async () => {
    if (child?.exitCode === null && child.signalCode === null) await end('SIGKILL');
    await service.kill();
    await gateway.stop();
  });

  const said = (n: number) => until(phone.said, (all) => all.length >= n, 20_000);

  it('answers beside the service over one database, once, and starts again after being killed', async () => {
    start();
    await printed(/已启动，等待登录/);
    phone.mocker.scan('https://example.invalid/login', 2);
    await printed(/登录用的二维码在/);
    phone.mocker.login(phone.me);
    await printed(/已登录/);
    phone.amy.say('招一名编外保安要上党委会吗？').to(phone.me);
    expect((await said(1))[0]!.text).toContain('校长办公会');

    await end('SIGKILL');
    start();
    await printed(/已登录/, 2);
    phone.amy.say('@议事 小助手\u2005帮助', [phone.me]).to(phone.room);
    expect((await said(2))[1]!.to).toBe('staff@chatroom');
    await new Promise((done) => setTimeout(done, 1500));
    expect(phone.said().map(({ to }) => to)).toEqual(['amy', 'staff@chatroom']);
    expect(output).not.toContain(TOKEN);
    expect(output).not.toContain('example.invalid');
    expect(await end('SIGTERM')).toBe(0);
    expect(service.output()).not.toContain('send-dead');
  }, 90_000);

  it('refuses to start without a puppet, and says which variable to set', async () => {
    env = { ...env, WECHATY_PUPPET: '' };
    start();
    const [code] = (await once(child!, 'exit')) as [number];
    expect(code).toBe(2);
    expect(output).toContain('WECHATY_PUPPET');
  }, 30_000);
});
