import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnoseWechaty } from '../../adapters/wechaty/doctor.ts';
import { codeIn } from '../../adapters/wechaty/login-code.ts';
import { wechatySettings } from '../../adapters/wechaty/settings.ts';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { dataFolder } from '../fakes/process.ts';
import { noWechaty } from './no-wechaty.ts';

describe('the puppet', () => {
  it.each([undefined, '', '  '])('must be named (%j)', (name) => {
    expect(() => wechatySettings({ WECHATY_PUPPET: name })).toThrow(/WECHATY_PUPPET/);
  });
  it.each(['mock', './evil.js', '/tmp/wechaty-puppet-x/../y', 'file:wechaty-puppet-x', 'wechaty-puppet-x y'])(
    'is a package (%j is none)',
    (name) => {
      expect(() => wechatySettings({ WECHATY_PUPPET: name })).toThrow(/不是 puppet 的包名/);
    },
  );
  it('is not the web protocol of a person’s WeChat', () => {
    expect(() => wechatySettings({ WECHATY_PUPPET: 'wechaty-puppet-wechat4u' })).toThrow(/封号/);
  });
  it.each(['wechaty-puppet-service', '@juzi/wechaty-puppet-service'])('may be %j', (puppet) => {
    const env = { WECHATY_PUPPET: ` ${puppet} `, WECHATY_PUPPET_SERVICE_TOKEN: 'tok', WECHATY_LOG: 'warn' };
    expect(wechatySettings(env)).toEqual({ puppet, secrets: ['tok'] });
  });
});

it('weighs on nobody who does not use it: the default install has none of it', () => {
  const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  expect(lock).toContain('node_modules/hono"');
  expect(lock).not.toMatch(/node_modules\/(?:wechaty|file-box|jimp|@grpc)/);
});

describe('the doctor', () => {
  const levels = async (env: Record<string, string>) =>
    (await diagnoseWechaty({ YISHI_DATA: dataFolder(), ...env }))
      .map(({ level, found }) => `${level} ${found}`)
      .join('\n');

  it('asks for a puppet first', async () => {
    expect(await levels({})).toMatch(/^bad 没有指明用哪个 puppet/);
  });
  it('says which package is missing', async () => {
    expect(await levels({ WECHATY_PUPPET: 'wechaty-puppet-nobody-made' })).toMatch(/^bad 没有安装/m);
  });
  it.skipIf(noWechaty)(
    `warns of what a remote puppet does by default${noWechaty ? ` (skipped: ${noWechaty})` : ''}`,
    async () => {
      const env = { WECHATY_PUPPET: 'wechaty-puppet-service' };
      const plain = await levels(env);
      expect(plain).toMatch(/^good /m);
      expect(plain).toMatch(/^bad 缺少 WECHATY_PUPPET_SERVICE_TOKEN/m);
      expect(plain).toMatch(/^warning .*chatie/m);
      const set = await levels({
        ...env,
        WECHATY_PUPPET_SERVICE_TOKEN: 'a_b',
        WECHATY_PUPPET_SERVICE_ENDPOINT: '127.0.0.1:1',
        WECHATY_PUPPET_SERVICE_TLS_CA_CERT: 'x',
      });
      expect(set).not.toMatch(/^(?:bad|warning)/m);
      expect(await levels({ ...env, WECHATY_LOG: 'silly' })).toMatch(/^warning WECHATY_LOG/m);
      expect(await levels({ ...env, WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true' })).toMatch(
        /^warning 关闭了 TLS/m,
      );
    },
  );
  it('sees that others can read the login', async () => {
    const data = dataFolder();
    const file = join(data, 'wechaty.memory-card.json');
    writeFileSync(file, '{}', { mode: 0o644 });
    expect(await levels({ WECHATY_PUPPET: 'wechaty-puppet-service', YISHI_DATA: data })).toMatch(/^bad 登录凭证/m);
    chmodSync(file, 0o600);
    expect(await levels({ WECHATY_PUPPET: 'wechaty-puppet-service', YISHI_DATA: data })).not.toMatch(/登录凭证/);
  });
});

it.skipIf(noWechaty)('a login code is for the operator’s eyes, and gone after the login', async () => {
  const file = join(dataFolder(), 'code.txt');
  const show = codeIn(file, false);
  await show('https://example.invalid/login');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toMatch(/[█▀▄]{8}/);
  await show();
  expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
});
