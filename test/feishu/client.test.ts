import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feishuClient, type FeishuClient } from '../../adapters/feishu/client.ts';
import { FEISHU_APP, startFeishu, type Feishu } from '../fakes/feishu-server.ts';
import { settingsFor } from './reading.ts';

const MINUTE = 60_000;
const body = (uuid: string) => ({ msg_type: 'text' as const, content: JSON.stringify({ text: '好' }), uuid });

let feishu: Feishu;
let time: number;
let client: FeishuClient;

beforeEach(async () => {
  feishu = await startFeishu();
  time = 0;
  client = feishuClient(settingsFor(feishu.baseUrl), { now: () => time });
});
afterEach(() => feishu.close());

describe('the tenant token', () => {
  it('is fetched once for fifty calls at the same time', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, n) => client.create('oc_a', body(`k${n}`))));
    expect(feishu.calls).toMatchObject({ token: 1, create: 50 });
  });

  it('is kept until half an hour remains, then renewed', async () => {
    await client.create('oc_a', body('a'));
    time = 89 * MINUTE;
    await client.create('oc_a', body('b'));
    expect(feishu.calls.token).toBe(1);
    time = 91 * MINUTE;
    await client.create('oc_a', body('c'));
    expect(feishu.calls.token).toBe(2);
  });

  it('serves on when a new one cannot be had yet', async () => {
    await client.create('oc_a', body('a'));
    feishu.fail('token', { status: 500 });
    time = 100 * MINUTE;
    expect((await client.create('oc_a', body('b'))).ok).toBe(true);
  });

  it('is fetched anew, once for all, when Feishu no longer takes it', async () => {
    await client.create('oc_a', body('a'));
    feishu.revokeTokens();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => client.create('oc_a', body(`k${n}`))));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(feishu.calls.token).toBe(2);
  });

  it('is not fetched for ever when Feishu takes none', async () => {
    feishu.fail('create', { status: 400, code: 99991663, times: 10 });
    expect(await client.create('oc_a', body('a'))).toMatchObject({ ok: false, code: 99991663 });
    expect(feishu.calls).toMatchObject({ token: 2, create: 2 });
  });
});

describe('a call', () => {
  it('that answers 200 with a code is a failure', async () => {
    feishu.fail('create', { status: 200, code: 230002, msg: 'Bot is NOT in the chat.' });
    expect(await client.create('oc_a', body('a'))).toMatchObject({ ok: false, code: 230002, status: 200 });
  });

  it('that is lost on the way is told apart from a refusal', async () => {
    feishu.fail('create', { how: 'lose' });
    expect(await client.create('oc_a', body('a'))).toMatchObject({ ok: false, status: 0 });
  });

  it.each(['om_a/../../contact', 'om_', 'x', 'om_a?b=c', ''])('is not made for the message id %j', async (id) => {
    expect(await client.reply(id, body('a'), false)).toMatchObject({ ok: false, status: 0 });
    expect(feishu.calls).toMatchObject({ token: 0, reply: 0 });
  });

  it.each([
    ['oc_a', 'chat_id'],
    ['ou_a', 'open_id'],
    ['on_a', 'union_id'],
  ])('to %s names it a %s', async (to, how) => {
    await client.create(to, body('a'));
    expect(feishu.sent).toMatchObject([{ to, how }]);
  });

  it('never shows token or secret in what it returns', async () => {
    feishu.fail('create', { status: 500, msg: 'oops' });
    const failures = [await client.create('oc_a', body('a')), await client.create('nobody', body('a'))];
    await feishu.close();
    failures.push(await client.create('oc_a', body('b')));
    expect(JSON.stringify(failures)).not.toMatch(new RegExp(`t-|${FEISHU_APP.appSecret}`));
  });
});

describe('who the bot is', () => {
  it('is asked once', async () => {
    expect(await Promise.all([client.bot(), client.bot()])).toEqual(['ou_bot', 'ou_bot']);
    expect(await client.bot()).toBe('ou_bot');
    expect(feishu.calls.bot).toBe(1);
  });

  it('is asked again a minute after Feishu did not say', async () => {
    feishu.fail('bot', { status: 500 });
    expect([await client.bot(), await client.bot()]).toEqual([undefined, undefined]);
    expect(feishu.calls.bot).toBe(1);
    time = MINUTE;
    expect(await client.bot()).toBe('ou_bot');
  });

  it('is not waited for longer than an event may take', async () => {
    feishu.fail('bot', { how: 'hang' });
    const start = performance.now();
    expect(await client.bot()).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(2500);
  });
});
