import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feishuClient } from '../../adapters/feishu/client.ts';
import { perSecond } from '../../adapters/shared/limiter.ts';
import { feishuPlatform } from '../../adapters/feishu/send.ts';
import type { Card, Outgoing } from '../../src/domain/message.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { startFeishu, type Feishu } from '../fakes/feishu-server.ts';
import { NOW, settingsFor } from './reading.ts';

const card: Card = { title: '采购', tone: 'settled', summary: '由校长办公会议决定', sections: [], actions: [] };
const outgoing: Outgoing = {
  key: 'q-1-answer',
  platform: 'feishu',
  app: 'cli_0123456789abcdef',
  conversation: { kind: 'group', id: 'oc_group' },
  replyTo: 'om_question',
  reply: { text: '由校长办公会议决定', card },
};
const thread = { kind: 'group', id: 'oc_group', thread: 'omt_1' } as const;

let feishu: Feishu;
let platform: Platform;
const send = (changes: Partial<Outgoing> = {}, now = NOW) => platform.send({ ...outgoing, ...changes }, now);

beforeEach(async () => {
  feishu = await startFeishu();
  platform = feishuPlatform(feishuClient(settingsFor(feishu.baseUrl)), memoryNotebook());
});
afterEach(() => feishu.close());

describe('a reply', () => {
  it('goes out as a card, in reply to the question', async () => {
    expect(await send()).toEqual({ kind: 'sent', messageId: 'om_sent_1' });
    expect(feishu.sent).toMatchObject([{ to: 'om_question', how: 'reply', type: 'interactive', uuid: 'q-1-answer' }]);
  });

  it('stays in its thread', async () => {
    await send({ conversation: thread });
    expect(feishu.sent[0]?.how).toBe('reply-in-thread');
  });

  it('without a question stands alone, without a card is a text that mentions nobody', async () => {
    const { replyTo: _, ...alone } = outgoing;
    await platform.send({ ...alone, reply: { text: '<at user_id="all"></at>提醒' } }, NOW);
    const content = { text: '＜at user_id="all">＜/at>提醒' };
    expect(feishu.sent).toMatchObject([{ to: 'oc_group', how: 'chat_id', type: 'text', content }]);
  });

  it('is said once, however often it is tried', async () => {
    feishu.fail('reply', { how: 'lose' });
    expect((await send()).kind).toBe('try-later');
    expect(await send()).toEqual({ kind: 'sent', messageId: 'om_sent_1' });
    expect(feishu.sent).toHaveLength(1);
  });

  it.each([230011, 231003, 230110, 230019])('is said in the chat when the question is gone (%i)', async (code) => {
    feishu.fail('reply', { status: 400, code });
    expect((await send()).kind).toBe('sent');
    expect(feishu.sent).toMatchObject([{ to: 'oc_group', type: 'interactive', uuid: 'q-1-answer' }]);
  });

  it.each([
    [230099, 'Failed to create card content, ext=ErrCode: 11310; ErrMsg: element exceeds the limit'],
    [200621, 'parse card json err'],
    [230025, 'The length of the message content reaches its limit'],
  ])('is said in words when Feishu rejects the card (%i), once too', async (code, msg) => {
    feishu.fail('reply', { status: 400, code, msg });
    expect((await send()).kind).toBe('sent');
    feishu.fail('reply', { status: 400, code, msg });
    expect((await send()).kind).toBe('sent');
    expect(feishu.sent).toMatchObject([{ type: 'text', uuid: 'tq-1-answer', content: { text: '由校长办公会议决定' } }]);
  });

  it('keeps the keys of two steps apart when both fall back to words', async () => {
    const keys = ['1', '2'].map((step) => 'k'.repeat(49) + step);
    for (const key of keys) {
      feishu.fail('reply', { status: 400, code: 230099 });
      await send({ key });
    }
    expect(feishu.sent.map(({ uuid }) => uuid.length)).toEqual([50, 50]);
    expect(feishu.sent).toHaveLength(2);
  });
});

describe('a failed send', () => {
  it('waits as long as Feishu asks', async () => {
    feishu.fail('reply', { status: 429, code: 99991400, headers: { 'x-ogw-ratelimit-reset': '7' } });
    expect(await send()).toMatchObject({ kind: 'try-later', after: NOW + 7000 });
  });

  it.each([
    ['too many to this chat', { status: 400, code: 230020 }],
    ['the same key in flight', { status: 400, code: 230049 }],
    ['a busy platform', { status: 200, code: 1000005 }],
    ['a broken gateway', { status: 502 }],
    ['a token refused twice', { status: 400, code: 99991663, times: 2 }],
  ])('is worth another try: %s', async (_, trouble) => {
    feishu.fail('reply', trouble);
    expect(await send()).toMatchObject({ kind: 'try-later', after: NOW + 1000 });
  });

  it('is worth another try when no token can be had', async () => {
    feishu.fail('token', { status: 503 });
    expect((await send()).kind).toBe('try-later');
  });

  it.each([
    [230002, /机器人已不在群里/],
    [230013, /可用范围/],
    [230022, /敏感词/],
    [230053, /停用机器人/],
    [99991672, /缺少权限/],
    [230001, /230001/],
    [123456, /123456/],
  ])('is told to the operator when it can never succeed (%i)', async (code, why) => {
    feishu.fail('reply', { status: 400, code });
    expect(await send()).toMatchObject({ kind: 'undeliverable', why: expect.stringMatching(why) });
    expect(feishu.sent).toEqual([]);
  });

  it('names wrong credentials', async () => {
    platform = feishuPlatform(
      feishuClient(settingsFor(feishu.baseUrl, { FEISHU_APP_SECRET: 'wrong' })),
      memoryNotebook(),
    );
    expect(await send()).toMatchObject({ kind: 'undeliverable', why: expect.stringMatching(/App Secret/) });
  });
});

describe('one chat', () => {
  it('gets at most five messages a second, other chats do not wait for it', async () => {
    for (let n = 0; n < 5; n++) expect((await send({ key: `k${n}` }, NOW + n)).kind).toBe('sent');
    expect(await send({ key: 'k5' }, NOW + 10)).toMatchObject({ kind: 'try-later', after: NOW + 1000 });
    expect((await send({ key: 'k6', conversation: { kind: 'group', id: 'oc_other' } }, NOW + 10)).kind).toBe('sent');
    expect((await send({ key: 'k5' }, NOW + 1000)).kind).toBe('sent');
  });

  it('is forgotten when thousands of others have spoken since', () => {
    const limiter = perSecond(1);
    limiter.take('oc_first', 0);
    for (let n = 0; n < 5000; n++) limiter.take(`oc_${n}`, 0);
    expect(limiter.take('oc_first', 0)).toBe(0);
    expect(limiter.take('oc_4999', 0)).toBe(1000);
  });
});

describe('where it is said', () => {
  const asks: Card = { ...card, tone: 'asks' };

  it('to a person by open_id, to a chat by chat_id', async () => {
    const { replyTo: _, ...alone } = outgoing;
    for (const id of ['ou_wang', 'oc_group', 'on_union'])
      await platform.send({ ...alone, key: id, conversation: { kind: 'direct', id } }, NOW);
    expect(feishu.sent.map(({ to, how }) => [to, how])).toEqual([
      ['ou_wang', 'open_id'],
      ['oc_group', 'chat_id'],
      ['on_union', 'union_id'],
    ]);
  });

  it('in a thread of its own for a question back and for work on a record, in groups', async () => {
    await send({ key: 'a', reply: { text: '', card: asks } });
    await send({ key: 'b', reply: { text: '', card, follows: 'Y12' } });
    await send({ key: 'c', reply: { text: '', card } });
    await send({ key: 'd', reply: { text: '', card: asks }, conversation: { kind: 'direct', id: 'oc_d' } });
    expect(feishu.sent.map(({ how }) => how)).toEqual(['reply-in-thread', 'reply-in-thread', 'reply', 'reply']);
  });

  it('without a thread where the group takes none', async () => {
    feishu.fail('reply', { status: 400, code: 230071, msg: 'does not support reply in thread' });
    expect((await send({ reply: { text: '', card: asks } })).kind).toBe('sent');
    expect(feishu.sent.map(({ how }) => how)).toEqual(['reply']);
  });
});

describe('a long answer in words', () => {
  it('goes out in parts, none of which cuts a citation, each once', async () => {
    const clause = `《采购办法》第三条：${'学校采购应当集体研究决定。'.repeat(60)}`;
    const reply = { text: Array.from({ length: 30 }, () => clause).join('\n') };
    expect((await send({ reply })).kind).toBe('sent');
    await send({ reply });
    const texts = feishu.sent.map(({ content }) => String(content['text']));
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.join('\n').split(clause)).toHaveLength(31);
    expect(texts[0]).toContain(`（1/${texts.length}）`);
    for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(30_000);
  });

  it('of one card too many goes out as several cards, each once', async () => {
    const sections = [{ heading: '依据', lines: Array.from({ length: 60 }, (_, n) => `${n} ${'第三条'.repeat(100)}`) }];
    const reply = { text: '长', card: { ...card, sections } };
    await send({ reply });
    await send({ reply });
    expect(feishu.sent.map(({ type }) => type)).toEqual(['interactive', 'interactive']);
    expect(new Set(feishu.sent.map(({ uuid }) => uuid)).size).toBe(2);
  });
});
