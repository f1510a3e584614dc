import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { workOnce } from '../../src/assistant/answer-messages.ts';
import { until } from '../fakes/process.ts';
import { startAccount, type Account } from './account.ts';
import { noWechaty } from './no-wechaty.ts';

/** What puppets do to a service: repeat, fail, log out, forget. */
describe.skipIf(noWechaty)(`Wechaty in trouble${noWechaty ? ` (skipped: ${noWechaty})` : ''}`, () => {
  let account: Account;
  beforeEach(async () => {
    account = await startAccount();
  });
  afterEach(() => account.close());

  it('answers once what is delivered three times', async () => {
    const { phone, keep, heard, settled } = account;
    phone.amy.say('帮助').to(phone.me);
    const id = [...phone.mocker.cacheMessagePayload.keys()][0];
    phone.puppet.emit('message', { messageId: id });
    phone.puppet.emit('message', { messageId: id });
    await heard(1);
    expect(await settled()).toHaveLength(1);
    expect(keep).toHaveBeenCalledTimes(3);
  });

  it('keeps what one person says in its order, however long the first takes, and makes nobody else wait for it', async () => {
    const { phone, keep, kept, settled } = account;
    let ready = () => {};
    keep.mockImplementationOnce(() => new Promise((done) => (ready = done)));
    for (const text of ['买一批电脑', '不对，是8000']) phone.amy.say(text).to(phone.me);
    phone.amy.say('@议事 小助手\u2005帮助', [phone.me]).to(phone.room);
    await until(
      () => kept,
      (all) => all.length > 0,
    );
    await settled();
    expect(kept).toEqual(['帮助']);
    ready();
    await until(
      () => kept,
      (all) => all.length === 3,
    );
    expect(kept).toEqual(['帮助', '买一批电脑', '不对，是8000']);
  });

  it('goes on when a listener fails, and says so', async () => {
    const { phone, logged, keep, heard } = account;
    keep.mockImplementationOnce(() => {
      throw new Error('database is away, s3cr3t-token');
    });
    phone.amy.say('买一批电脑').to(phone.me);
    phone.amy.say('帮助').to(phone.me);
    expect(await heard(1)).toHaveLength(1);
    expect(logged(/没有处理成功：Error: database is away, \*\*\*/)).toHaveLength(1);
  });

  it('outlives what the puppet itself reports, and says the same thing once a minute', async () => {
    const { phone, log, logged, heard } = account;
    for (const _ of [1, 2, 3]) phone.puppet.emit('error', { data: '14 UNAVAILABLE s3cr3t-token' });
    phone.puppet.emit('message', { messageId: 'nobody-knows' });
    phone.amy.say('帮助').to(phone.me);
    expect(await heard(1)).toHaveLength(1);
    expect(logged(/UNAVAILABLE \*\*\*/)).toHaveLength(1);
    expect(JSON.stringify(log.mock.calls)).not.toContain('s3cr3t');
  });

  it('holds answers back while logged out, and gives them after the next login', async () => {
    const { phone, work, line, log, logged, showCode, keep, settled } = account;
    phone.amy.say('帮助').to(phone.me);
    await until(
      () => keep.mock.calls.length,
      (n) => n === 1,
    );
    await phone.puppet.logout('kicked');
    await until(
      () => line.now,
      (now) => now === undefined,
    );
    expect(logged(/登录已失效/)).toHaveLength(1);
    expect(await settled()).toHaveLength(0);
    expect(await work.store.counts()).toMatchObject({ unsent: 1, dead: 0 });

    phone.mocker.scan('https://example.invalid/login', 2);
    await until(
      () => showCode.mock.calls,
      (calls) => calls.some(([code]) => code === 'https://example.invalid/login'),
    );
    expect(JSON.stringify(log.mock.calls)).not.toContain('example.invalid');
    phone.mocker.login(phone.me);
    await until(
      () => showCode.mock.calls.at(-1),
      (call) => call?.[0] === undefined,
    );
    const later = { ...work, now: () => Date.now() + 60_000 };
    await until(
      async () => {
        await workOnce(later);
        return phone.said().length;
      },
      (n) => n === 1,
    );
  });

  it('tries again what the puppet could not send, without repeating what is out', async () => {
    const { phone, heard, settled } = account;
    const real = phone.puppet.messageSendText.bind(phone.puppet);
    const send = vi
      .spyOn(phone.puppet, 'messageSendText')
      .mockRejectedValueOnce(new Error('busy'))
      .mockImplementation(real);
    phone.amy.say('帮助').to(phone.me);
    await heard(1);
    expect(send).toHaveBeenCalledTimes(2);
    expect(await settled()).toHaveLength(1);
  });
});
