import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wecomAppClient } from '../../adapters/wecom-app/client.ts';
import { wecomAppPlatform } from '../../adapters/wecom-app/send.ts';
import type { Card, CardAction, Outgoing } from '../../src/domain/message.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { pressXml, startWecom, textXml, WECOM_APP, type Wecom } from '../fakes/wecom-server.ts';
import { appSettings, messageIn, NOW, readApp } from './reading.ts';

const button = (id: string, label = `选 ${id.slice(-4)}`): CardAction => ({ id, label, style: 'default' });
const card: Card = {
  title: '采购',
  tone: 'asks',
  summary: '大概多少钱？',
  sections: [],
  actions: [button('fact:amount:<10'), button('fact:amount:>=10')],
};
const outgoing: Outgoing = {
  key: 'q-1-answer',
  platform: 'wecom-app',
  app: `${WECOM_APP.corpId}.${WECOM_APP.agentId}`,
  conversation: { kind: 'direct', id: 'ZhangSan' },
  replyTo: '4561255354251345929',
  reply: { text: '大概多少钱？', card },
};
const long: Card = {
  ...card,
  sections: [{ heading: '依据', lines: Array.from({ length: 60 }, (_, n) => `第 ${n} 条：${'规'.repeat(40)}`) }],
};

let wecom: Wecom;
let platform: Platform;
let notebook: ReturnType<typeof memoryNotebook>;
const send = (changes: Partial<Outgoing> = {}, now = NOW) => platform.send({ ...outgoing, ...changes }, now);
const say = (reply: Outgoing['reply'], changes: Partial<Outgoing> = {}) => send({ reply, ...changes });
const MINUTE = 60_000;

beforeEach(async () => {
  wecom = await startWecom();
  notebook = memoryNotebook();
  platform = wecomAppPlatform(wecomAppClient(appSettings(wecom.baseUrl)), notebook);
});
afterEach(() => wecom.close());

describe('a reply', () => {
  it('that fits a card with buttons is one', async () => {
    expect(await send()).toEqual({ kind: 'sent', messageId: 'msg-1' });
    expect(wecom.sent).toMatchObject([
      {
        to: 'ZhangSan',
        type: 'template_card',
        card: { card_type: 'button_interaction', sub_title_text: '大概多少钱？', task_id: 'q-1-answer' },
      },
    ]);
    expect(wecom.sent[0]!.card!['button_list']).toEqual([
      { text: '选 :<10', style: 2, key: 'fact:amount:<10' },
      { text: '选 >=10', style: 2, key: 'fact:amount:>=10' },
    ]);
  });

  it('without a card is a text that mentions nobody', async () => {
    await say({ text: '<@all> 提醒\n第二行' });
    expect(wecom.sent).toMatchObject([{ type: 'text', content: '＜@all> 提醒\n第二行' }]);
  });

  it('too long for a card comes in parts, the buttons last', async () => {
    await say({ text: '', card: long });
    const types = wecom.sent.map(({ type }) => type);
    expect(types.slice(0, -1).every((type) => type === 'text')).toBe(true);
    expect([types.length > 3, types.at(-1)]).toEqual([true, 'template_card']);
    expect(wecom.sent.every(({ content }) => Buffer.byteLength(content) <= 2048)).toBe(true);
    expect(wecom.sent.map(({ content }) => content).join('\n')).toContain(`第 59 条：${'规'.repeat(40)}`);
  });

  it('with more actions than a list holds numbers them, and a number answers', async () => {
    const actions = Array.from({ length: 21 }, (_, n) => button(`matter:m${n}`, `事项${n}`));
    await say({ text: '', card: { ...card, actions } });
    expect(wecom.sent).toHaveLength(1);
    expect(wecom.sent[0]!.content).toContain('回复 8：事项7');
    const press = async (text: string) => messageIn(await readApp(textXml(text), {}, notebook));
    expect(await press('8')).toMatchObject({ text: '', action: { id: 'matter:m7' } });
    expect((await press('回复 2')).action?.id).toBe('matter:m1');
    for (const text of ['007', '22', '0', '8万', '1.5']) expect(await press(text)).toMatchObject({ text });
  });

  it('ends the choices of the one before', async () => {
    await say({ text: '', card: { ...card, actions: Array.from({ length: 21 }, (_, n) => button(`m${n}`)) } });
    await say({ text: '好的' }, { key: 'q-2-answer' });
    expect(messageIn(await readApp(textXml('1'), {}, notebook))).toMatchObject({ text: '1' });
  });

  it('in a group the app made is markdown without buttons', async () => {
    await send({ conversation: { kind: 'group', id: 'chat1' } });
    expect(wecom.sent).toMatchObject([{ how: 'appchat', to: 'chat1', type: 'markdown' }]);
    expect(wecom.sent[0]!.content).toContain('请在应用里直接问我');
  });

  it('after a press takes the place of the card, when it has the room', async () => {
    await send({ replyTo: 'card.code-9' });
    expect(wecom.updates).toMatchObject([{ users: ['ZhangSan'], code: 'code-9', card: { task_id: 'q-1-answer' } }]);
    expect(wecom.sent).toEqual([]);
  });

  it('after a press follows the card, whose buttons go, when it has not', async () => {
    await say({ text: '好的' }, { replyTo: 'card.code-9' });
    expect(wecom.updates).toMatchObject([{ code: 'code-9', word: '已收到' }]);
    expect(wecom.sent).toMatchObject([{ type: 'text', content: '好的' }]);
  });

  it('after a press puts the pressed label in the place of the buttons', async () => {
    await send();
    const press = pressXml('fact:amount:<10', { TaskId: 'q-1-answer', ResponseCode: 'code-9' });
    const { messageId } = messageIn(await readApp(press, {}, notebook));
    await say({ text: '好的' }, { key: 'q-2', replyTo: messageId });
    expect(wecom.updates).toMatchObject([{ code: 'code-9', word: '已选：选 :<10' }]);
  });

  it('follows as a message when the card can no longer be updated', async () => {
    wecom.fail('update', { code: 42014 });
    await send({ replyTo: 'card.code-9' });
    expect(wecom.sent).toMatchObject([{ type: 'template_card' }]);
  });

  it('is said in words when WeCom rejects the card', async () => {
    wecom.fail('send', { code: 40058 });
    expect((await send()).kind).toBe('sent');
    expect(wecom.sent).toMatchObject([{ type: 'text', content: expect.stringContaining('回复 2：选 >=10') }]);
    expect(messageIn(await readApp(textXml('2'), {}, notebook)).action?.id).toBe('fact:amount:>=10');
  });
});

describe('a reply is said once', () => {
  it('when the answer of WeCom was lost', async () => {
    wecom.fail('send', { how: 'lose' });
    expect((await send()).kind).toBe('try-later');
    expect((await send()).kind).toBe('sent');
    expect(wecom.sent).toHaveLength(1);
  });

  it('in every part, when a part in the middle had to wait', async () => {
    wecom.fail('send', { code: 45009, after: 2 });
    expect(await say({ text: '', card: long })).toMatchObject({ kind: 'try-later', after: NOW + MINUTE + 2000 });
    expect(wecom.sent).toHaveLength(2);
    expect((await send({ reply: { text: '', card: long } }, NOW + MINUTE)).kind).toBe('sent');
    const contents = wecom.sent.map(({ content }) => content);
    expect(new Set(contents).size).toBe(contents.length);
  });

  it('and another with the same words is said too', async () => {
    await say({ text: '好的' });
    await say({ text: '好的' }, { key: 'q-2-answer' });
    expect(wecom.sent).toHaveLength(2);
  });
});

describe('a card about a record', () => {
  const about = (key: string, follows: string, changes: Partial<Outgoing> = {}) =>
    send({ key, reply: { text: '', card, follows }, ...changes });

  it('takes the buttons off the one before, of the same record and member only', async () => {
    await about('k1', 'Y12');
    await about('k2', 'Y13');
    await about('k3', 'Y12', { conversation: { kind: 'direct', id: 'LiSi' } });
    expect(wecom.updates).toEqual([]);
    await about('k4', 'Y12');
    expect(wecom.updates).toEqual([{ users: ['ZhangSan'], code: 'code-sent-1', word: '有新进展，见下方' }]);
  });

  it('is sent all the same when the one before can no longer be changed', async () => {
    await about('k1', 'Y12');
    wecom.fail('update', { code: 42014 });
    expect((await about('k2', 'Y12')).kind).toBe('sent');
    expect(wecom.sent).toHaveLength(2);
  });
});

it('an answer in a model’s words has them at its head', async () => {
  await say({ text: '好', card: { ...card, actions: [] }, worded: '由校长办公会议定，请先问金额。' });
  expect(wecom.sent[0]!.content).toContain('由校长办公会议定，请先问金额。');
});

it('an answer that takes longer is announced once, and takes the place of that', async () => {
  await platform.working!(outgoing, NOW);
  await platform.working!(outgoing, NOW);
  expect(wecom.sent).toMatchObject([{ type: 'text', content: expect.stringContaining('请稍候') }]);
  await send();
  expect(wecom.recalled).toEqual(['msg-1']);
  await say({ text: '再答' }, { key: 'q-2' });
  expect(wecom.recalled).toHaveLength(1);
});

describe('a paper', () => {
  const file = { name: '会议纪要.docx', bytes: new Uint8Array(3000).fill(7) };
  const hand = (changes: Partial<Outgoing> = {}) => platform.send({ ...outgoing, ...changes }, NOW, [file]);

  it('goes after the words, whole and under its name', async () => {
    expect((await hand()).kind).toBe('sent');
    expect(wecom.sent.map(({ type, content }) => [type, content])).toEqual([
      ['template_card', '采购'],
      ['file', '会议纪要.docx'],
    ]);
    expect([...wecom.uploads.values()]).toEqual([file]);
  });

  it('follows the card that took the place of the pressed one', async () => {
    await hand({ replyTo: 'card.code-9' });
    expect(wecom.updates).toHaveLength(1);
    expect(wecom.sent.map(({ type }) => type)).toEqual(['file']);
  });

  it.each([
    ['the upload fails', 'upload', { code: -1 }],
    ['the id has expired', 'send', { code: -1, after: 1 }],
    ['the token has expired', 'upload', { code: 42001, times: 2 }],
  ] as const)('is tried again without the words when %s', async (_, endpoint, trouble) => {
    wecom.fail(endpoint, trouble);
    expect((await hand()).kind).toBe('try-later');
    expect((await hand()).kind).toBe('sent');
    expect(wecom.sent.map(({ type }) => type)).toEqual(['template_card', 'file']);
  });
});

describe('a failed send', () => {
  it.each([
    ['busy', { code: -1 }, NOW + 1000],
    ['too many at once', { code: 45033 }, NOW + 1000],
    ['a broken gateway', { status: 502 }, NOW + 1000],
    ['a token refused twice', { code: 42001, times: 2 }, NOW + 1000],
    ['the frequency limit', { code: 45009 }, NOW + MINUTE + 2000],
  ])('is worth another try: %s', async (_, trouble, after) => {
    wecom.fail('send', trouble);
    expect(await send()).toMatchObject({ kind: 'try-later', after });
  });

  it.each([
    [60020, /可信IP/],
    [40056, /AgentId/],
    [81013, /可见范围/],
    [48002, /权限/],
    [123456, /123456/],
  ])('is told to the operator when it can never succeed (%i)', async (code, why) => {
    wecom.fail('send', { code });
    expect(await send()).toMatchObject({ kind: 'undeliverable', why: expect.stringMatching(why) });
  });

  it('to a member out of range is told, though WeCom calls it a success', async () => {
    wecom.outside.add('ZhangSan');
    expect(await send()).toMatchObject({ kind: 'undeliverable', why: expect.stringMatching(/可见范围/) });
  });

  it('names wrong credentials and shows none', async () => {
    platform = wecomAppPlatform(wecomAppClient(appSettings(wecom.baseUrl, { WECOM_SECRET: 'wrong-secret' })), notebook);
    const sent = await send();
    expect(sent).toMatchObject({ kind: 'undeliverable', why: expect.stringMatching(/Secret/) });
    expect(JSON.stringify(sent)).not.toMatch(/wrong-secret|access_token=/);
  });
});

describe('the access token', () => {
  it('is fetched once for twenty replies at the same time, and once more when it is revoked', async () => {
    const many = (from: number) =>
      Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          send({ key: `k${from + n}`, conversation: { kind: 'direct', id: `m${n}` } }),
        ),
      );
    await many(0);
    expect(wecom.calls.gettoken).toBe(1);
    wecom.revokeTokens();
    expect((await many(20)).every(({ kind }) => kind === 'sent')).toBe(true);
    expect(wecom.calls.gettoken).toBe(2);
  });

  it('is renewed before it expires, and serves on when a new one cannot be had yet', async () => {
    let time = 0;
    const client = wecomAppClient(appSettings(wecom.baseUrl), { now: () => time });
    const once = (n: number) => client.send('m', { msgtype: 'text', text: { content: `${n}` } }, 60);
    await once(1);
    time = 114 * MINUTE;
    await once(2);
    expect(wecom.calls.gettoken).toBe(1);
    time = 116 * MINUTE;
    wecom.fail('gettoken', { status: 500 });
    expect((await once(3)).ok).toBe(true);
    await once(4);
    expect(wecom.calls.gettoken).toBe(3);
  });
});

it('gives one member thirty messages a minute, others do not wait', async () => {
  for (let n = 0; n < 30; n++) expect((await say({ text: `${n}` }, { key: `k${n}` })).kind).toBe('sent');
  expect(await say({ text: '30' }, { key: 'k30' })).toMatchObject({ kind: 'try-later', after: NOW + MINUTE });
  expect((await say({ text: '31' }, { key: 'k31', conversation: { kind: 'direct', id: 'LiSi' } })).kind).toBe('sent');
  expect((await send({ key: 'k30', reply: { text: '30' } }, NOW + MINUTE)).kind).toBe('sent');
});
