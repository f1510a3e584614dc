import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { unreachedIn } from '../../adapters/wecom-aibot/contacts.ts';
import { exchange as newExchange, type Exchange } from '../../adapters/wecom-aibot/exchange.ts';
import { wecomAibotSettings, type SocketSettings } from '../../adapters/wecom-aibot/settings.ts';
import { listenToAibot } from '../../adapters/wecom-aibot/socket.ts';
import { aibotSocketPlatform } from '../../adapters/wecom-aibot/socket-send.ts';
import type { Card, InboundMessage, Outgoing } from '../../src/domain/message.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { until } from '../fakes/process.ts';
import { aibotEvent, aibotGroupText, aibotPress, aibotText, WECOM_AIBOT } from './deliveries.ts';
import { WELCOME } from './reading.ts';
import { startAibotSocket, type AibotSocket } from './socket-server.ts';

let wecom: AibotSocket;
let exchange: Exchange;
let platform: Platform;
let notebook: ReturnType<typeof memoryNotebook>;
let stop: AbortController;
let listening: Promise<void>;
const log = vi.fn();
const deliver = vi.fn<(message: InboundMessage) => Promise<void>>(() => Promise.resolve());

const settingsFor = (secret: string = WECOM_AIBOT.secret) =>
  wecomAibotSettings({
    WECOM_AIBOT_ID: WECOM_AIBOT.botId,
    WECOM_AIBOT_SECRET: secret,
    WECOM_AIBOT_URL: wecom.url,
  }) as SocketSettings;
const listen = (settings: SocketSettings, mine: Exchange, reconnectMs = 200) =>
  listenToAibot(settings, {
    exchange: mine,
    notebook,
    welcome: WELCOME,
    deliver,
    until: stop.signal,
    log,
    reconnectMs,
  });

beforeEach(async () => {
  wecom = await startAibotSocket();
  exchange = newExchange();
  notebook = memoryNotebook();
  platform = aibotSocketPlatform(exchange, notebook);
  stop = new AbortController();
  listening = listen(settingsFor(), exchange);
  await until(
    () => exchange.line,
    (line) => line !== undefined,
  );
});
afterEach(async () => {
  stop.abort();
  await listening.catch(() => {});
  await wecom.close();
  vi.clearAllMocks();
});

const card: Card = {
  title: '采购',
  tone: 'asks',
  summary: '大概多少钱？',
  sections: [],
  actions: [{ id: 'fact:amount:<10', label: '十万以下', style: 'default' }],
};
const answer = (message: InboundMessage, reply: Outgoing['reply']) =>
  platform.send(
    {
      key: 'k1',
      platform: 'wecom-aibot',
      app: message.app,
      conversation: message.conversation,
      replyTo: message.messageId,
      reply,
    },
    Date.now(),
  );
const heard = async (n = 1) =>
  (
    await until(
      () => deliver.mock.calls,
      (calls) => calls.length >= n,
    )
  ).at(-1)![0];

describe('over the long connection', () => {
  it('a question is heard as by callback, and answered as a stream to its frame', async () => {
    wecom.push(aibotGroupText('@议事 谁来定', { msgid: 'CAIQ1' }), 'req-1');
    const message = await heard();
    expect(message).toMatchObject({
      id: `wecom-aibot:${WECOM_AIBOT.botId}:CAIQ1`,
      text: '谁来定',
      messageId: 'req-1',
      conversation: { kind: 'group' },
    });
    expect(await answer(message, { text: '由校长办公会议决定' })).toEqual({ kind: 'sent' });
    expect(wecom.frames).toMatchObject([
      {
        cmd: 'aibot_respond_msg',
        headers: { req_id: 'req-1' },
        body: { msgtype: 'stream', stream: { finish: true, content: '由校长办公会议决定' } },
      },
    ]);
  });

  it('a slow answer has a placeholder, in the same stream', async () => {
    wecom.push(aibotText('谁来定'), 'req-1');
    const message = await heard();
    await until(
      () => wecom.frames.length,
      (n) => n === 1,
    );
    await answer(message, { text: '好' });
    const streams = wecom.frames.map(({ body }) => body['stream'] as { id: string; finish: boolean });
    expect(streams.map(({ finish }) => finish)).toEqual([false, true]);
    expect(streams[0]!.id).toBe(streams[1]!.id);
  });

  it('buttons come as a card after it, and a press takes them away', async () => {
    wecom.push(aibotText('买电脑'), 'req-1');
    await answer(await heard(), { text: '', card });
    expect(wecom.frames.map(({ cmd }) => cmd)).toEqual(['aibot_respond_msg', 'aibot_send_msg']);
    const push = wecom.frames[1]!.body;
    expect(push).toMatchObject({ chatid: 'ZhangSan', chat_type: 1, msgtype: 'template_card' });
    wecom.push(aibotPress('fact:amount:<10', 'k1'), 'req-2');
    const press = await heard(2);
    expect(press).toMatchObject({ action: { id: 'fact:amount:<10' } });
    const update = (
      await until(
        () => wecom.frames,
        (frames) => frames.length === 3,
      )
    )[2]!;
    expect(update).toMatchObject({
      cmd: 'aibot_respond_update_msg',
      headers: { req_id: 'req-2' },
      body: { template_card: { replace_text: '已选：十万以下' } },
    });
    await platform.send(
      {
        key: 'k2',
        platform: 'wecom-aibot',
        app: press.app,
        conversation: press.conversation,
        replyTo: press.messageId,
        reply: { text: '好' },
      },
      Date.now(),
    );
    expect(wecom.frames.at(-1)).toMatchObject({
      cmd: 'aibot_send_msg',
      body: { msgtype: 'markdown', markdown: { content: '好' } },
    });
  });

  it.each([846605, 846608])('an answer that is too late for the stream is pushed (%i)', async (errcode) => {
    wecom.push(aibotGroupText('@议事 谁来定'), 'req-1');
    const message = await heard();
    wecom.refuse('aibot_respond_msg', errcode);
    expect(await answer(message, { text: '好' })).toEqual({ kind: 'sent' });
    expect(wecom.frames.at(-1)).toMatchObject({
      cmd: 'aibot_send_msg',
      body: { chatid: 'wrkSFfCgAAgroup', chat_type: 2 },
    });
  });

  it('a refused answer is tried again without saying twice what is out', async () => {
    wecom.push(aibotText('买电脑'), 'req-1');
    const message = await heard();
    wecom.refuse('aibot_send_msg', 45009);
    expect((await answer(message, { text: '', card })).kind).toBe('try-later');
    expect(await answer(message, { text: '', card })).toEqual({ kind: 'sent' });
    expect(wecom.frames.map(({ cmd }) => cmd)).toEqual(['aibot_respond_msg', 'aibot_send_msg', 'aibot_send_msg']);
  });

  it('a paper goes after the words, uploaded in pieces', async () => {
    wecom.push(aibotText('纪要'), 'req-1');
    const { conversation, messageId: replyTo, app } = await heard();
    const file = { name: '会议纪要.docx', bytes: new Uint8Array(700_000).map((_, n) => n % 251) };
    const outgoing: Outgoing = {
      key: 'k1',
      platform: 'wecom-aibot',
      app,
      conversation,
      replyTo,
      reply: { text: '好' },
    };
    expect(await platform.send(outgoing, Date.now(), [file])).toEqual({ kind: 'sent' });
    const [[id, uploaded]] = [...wecom.files] as [[string, { name: string; bytes: Buffer }]];
    expect([uploaded.name, Buffer.compare(uploaded.bytes, Buffer.from(file.bytes))]).toEqual([file.name, 0]);
    expect(wecom.frames.at(-1)).toMatchObject({
      cmd: 'aibot_send_msg',
      body: { msgtype: 'file', file: { media_id: id } },
    });
  }, 20_000);

  it('a card that WeCom does not take is said in numbers', async () => {
    wecom.push(aibotText('买电脑'), 'req-1');
    const message = await heard();
    wecom.refuse('aibot_send_msg', 40058);
    expect(await answer(message, { text: '', card })).toEqual({ kind: 'sent' });
    expect(wecom.frames.at(-1)!.body).toMatchObject({ markdown: { content: '回复 1：十万以下' } });
    wecom.push(aibotText('1'), 'req-2');
    expect(await heard(2)).toMatchObject({ action: { id: 'fact:amount:<10' } });
  });

  it('a form is asked for by its button and filled in in the group', async () => {
    const fields = [{ name: 'amount', label: '金额（元）', type: 'number' as const, required: true }];
    const form = { ...card, actions: [{ id: 'fact:amount', label: '填金额', style: 'primary' as const, fields }] };
    wecom.push(aibotGroupText('@议事 买电脑'), 'req-1');
    await answer(await heard(), { text: '', card: form });
    const sent = wecom.frames[1]!.body['template_card'] as { button_list: { key: string }[]; task_id: string };
    wecom.push(
      aibotPress(sent.button_list[0]!.key, sent.task_id, { chattype: 'group', chatid: 'wrkSFfCgAAgroup' }),
      'req-2',
    );
    expect((await heard(2)).prompt?.text).toMatch(/先 @ 我.*\n金额：（数字，元）/);
    wecom.push(aibotGroupText('@议事 金额：8万'), 'req-3');
    expect((await heard(3)).action).toEqual({ id: 'fact:amount', values: { amount: '80000' } });
  });

  it('a reminder to a group that never spoke to it says what to do, and is no riddle once it did', async () => {
    const reminder: Outgoing = {
      key: 'r1',
      platform: 'wecom-aibot',
      app: '',
      conversation: { kind: 'group', id: 'wrkSFfCgAAgroup' },
      reply: { text: '明天开会' },
    };
    wecom.refuse('aibot_send_msg', 93006);
    expect(await platform.send(reminder, Date.now())).toMatchObject({
      kind: 'undeliverable',
      why: expect.stringMatching(/还没有人 @ 过.*93006/),
    });
    expect(await unreachedIn(notebook, Date.now())).toMatchObject([{ kind: 'group', id: 'wrkSFfCgAAgroup' }]);
    wecom.push(aibotGroupText('@议事 在吗'), 'req-1');
    await heard();
    expect(await unreachedIn(notebook, Date.now())).toEqual([]);
    expect(await platform.send({ ...reminder, key: 'r2' }, Date.now())).toEqual({ kind: 'sent' });
  });

  it('entering is welcomed once', async () => {
    wecom.push(aibotEvent('enter_chat'), 'req-1');
    await until(
      () => wecom.frames.length,
      (n) => n === 1,
    );
    wecom.push(aibotEvent('enter_chat'), 'req-2');
    wecom.push(aibotText('谁来定'), 'req-3');
    await heard();
    const welcomes = wecom.frames.filter(({ cmd }) => cmd === 'aibot_respond_welcome_msg');
    expect(welcomes).toMatchObject([
      { headers: { req_id: 'req-1' }, body: { msgtype: 'text', text: { content: WELCOME } } },
    ]);
  });

  it('what could not be kept is said to be lost', async () => {
    deliver.mockRejectedValueOnce(new Error('database is away'));
    wecom.push(aibotText('谁来定'), 'req-1');
    const [frame] = await until(
      () => wecom.frames,
      (frames) => frames.length === 1,
    );
    expect(frame).toMatchObject({ body: { stream: { finish: true, content: expect.stringContaining('再发一次') } } });
  });

  it.each([
    {},
    { msgtype: 5 },
    { msgid: 'a', msgtype: 'text' },
    { msgid: 'a', msgtype: 'text', from: { userid: 'b' }, text: 7 },
  ])('junk is left alone: %j', async (junk) => {
    wecom.push(junk, 'req-1');
    wecom.push(aibotText('谁来定'), 'req-2');
    expect((await heard()).messageId).toBe('req-2');
    expect(deliver).toHaveBeenCalledTimes(1);
  });

  it('a lost connection is opened again, and answers wait for it', async () => {
    wecom.push(aibotText('谁来定'), 'req-1');
    const message = await heard();
    wecom.cut();
    await until(
      () => exchange.line,
      (line) => line === undefined,
    );
    expect(await answer(message, { text: '好' })).toMatchObject({ kind: 'try-later' });
    await until(
      () => exchange.line,
      (line) => line !== undefined,
    );
    expect(await answer(message, { text: '好' })).toEqual({ kind: 'sent' });
  });
});

describe('a placeholder that is shown', () => {
  const slow = async () => {
    wecom.push(aibotText('谁来定'), 'req-1');
    const message = await heard();
    await until(
      () => wecom.frames.length,
      (n) => n === 1,
    );
    return message;
  };
  const noted = () => notebook.notes.get(`aibot-open:${WECOM_AIBOT.botId}`)?.body;

  it('is finished when the service stops; the answer is pushed by the next', async () => {
    const message = await slow();
    stop.abort();
    await listening;
    expect(wecom.frames.at(-1)).toMatchObject({
      body: { stream: { finish: true, content: expect.stringContaining('重启') } },
    });
    stop = new AbortController();
    listening = listen(settingsFor(), exchange);
    await until(
      () => exchange.line,
      (line) => line !== undefined,
    );
    expect(await answer(message, { text: '由校长办公会议决定' })).toEqual({ kind: 'sent' });
    expect(wecom.frames.at(-1)).toMatchObject({
      cmd: 'aibot_send_msg',
      body: { markdown: { content: '由校长办公会议决定' } },
    });
    expect(noted()).toBe('[]');
  });

  it('is finished in time when no answer comes, also after a crash', async () => {
    const left = [{ reqId: 'req-9', at: Date.now() - 400_000 }];
    await notebook.write(`aibot-open:${WECOM_AIBOT.botId}`, left, Date.now() + 100_000);
    wecom.cut();
    const frame = (
      await until(
        () => wecom.frames,
        (frames) => frames.length === 1,
      )
    )[0];
    expect(frame).toMatchObject({ headers: { req_id: 'req-9' }, body: { stream: { finish: true } } });
  });

  it('is forgotten with its answer', async () => {
    const message = await slow();
    await until(noted, (note) => note !== undefined);
    await answer(message, { text: '好' });
    expect(noted()).toBe('[]');
  });
});

describe('a long connection ends', () => {
  it('when another instance takes the bot over, and says so', async () => {
    const other = newExchange();
    const second = listen(settingsFor(), other);
    await expect(listening).rejects.toThrow(/别处建立了长连接/);
    expect(exchange.line).toBeUndefined();
    stop.abort();
    await second;
    expect(wecom.subscriptions).toBe(2);
  });

  it('when the secret is wrong, without showing it', async () => {
    await expect(listen(settingsFor('wrong-secret'), newExchange(), 10)).rejects.toThrow(/Secret/);
    expect(JSON.stringify(log.mock.calls)).not.toContain('wrong-secret');
  });

  it('quietly when told to', async () => {
    stop.abort();
    await expect(listening).resolves.toBeUndefined();
  });
});
