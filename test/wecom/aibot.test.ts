import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wecomAibotPlatform } from '../../adapters/wecom-aibot/send.ts';
import type { Card, CardAction, InboundMessage, Outgoing } from '../../src/domain/message.ts';
import type { Platform, Reading } from '../../src/ports/platform.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import {
  aibotEvent,
  aibotPoll,
  aibotPress,
  aibotText,
  openReply,
  startWecom,
  type Json,
  type Wecom,
} from '../fakes/wecom-server.ts';
import type { Frame } from './client.ts';
import { botHook, botSettings, messageIn, NOW, readBot, WELCOME } from './reading.ts';

let wecom: Wecom;
let notebook: ReturnType<typeof memoryNotebook>;
let platform: Platform;

beforeEach(async () => {
  wecom = await startWecom();
  notebook = memoryNotebook();
  platform = wecomAibotPlatform(botSettings(wecom.baseUrl), notebook);
});
afterEach(() => wecom.close());

const read = (body: Json, now = NOW, more: Record<string, string> = {}) =>
  readBot(body, {}, botHook(notebook, more), now);
const replied = (reading: Reading) => {
  const { body } = reading.answer;
  return (typeof body === 'string' ? undefined : openReply(JSON.stringify(body))) as unknown as Frame & Json;
};
const button: CardAction = { id: 'fact:amount:<10', label: '十万以下', style: 'default' };
const card: Card = { title: '采购', tone: 'asks', summary: '大概多少钱？', sections: [], actions: [button] };
const answer = (message: InboundMessage, reply: Outgoing['reply'], now = NOW) =>
  platform.send(
    {
      key: `key-${message.messageId}`,
      platform: 'wecom-aibot',
      app: message.app,
      conversation: message.conversation,
      replyTo: message.messageId,
      reply,
    },
    now,
  );
const MINUTE = 60_000;

describe('an answer', () => {
  const ask = async (more: Json = {}, now = NOW) => {
    const reading = await read(aibotText('谁来定', { response_url: wecom.responseUrl(), ...more }), now);
    return { message: messageIn(reading), first: replied(reading) };
  };
  const poll = async (id: string, now = NOW) => replied(await read(aibotPoll(id), now));

  it('begins with a placeholder and is there when the client asks again, whole', async () => {
    const { message, first } = await ask();
    const { id } = first.stream!;
    expect(first).toMatchObject({
      msgtype: 'stream',
      stream: { finish: false, content: expect.stringContaining('请稍候') },
    });
    expect((await poll(id)).stream).toMatchObject({ id, finish: false });
    expect(await answer(message, { text: '由校长办公会议决定' })).toEqual({ kind: 'sent' });
    for (let n = 0; n < 2; n++)
      expect((await poll(id)).stream).toEqual({ id, finish: true, content: '由校长办公会议决定' });
    expect(wecom.posted).toEqual([]);
  });

  it('is the same stream when WeCom repeats the question', async () => {
    const [a, b] = [await ask({ msgid: 'CAIQsame' }), await ask({ msgid: 'CAIQsame' })];
    expect(b.first.stream!.id).toBe(a.first.stream!.id);
    expect(b.message.id).toBe(a.message.id);
  });

  it('brings its buttons as a card, and a press takes them away', async () => {
    const { message, first } = await ask();
    await answer(message, { text: '', card });
    const last = await poll(first.stream!.id);
    expect(last).toMatchObject({
      msgtype: 'stream_with_template_card',
      stream: { finish: true },
      template_card: { button_list: [{ key: button.id }] },
    });
    const task = String(last.template_card!['task_id']);
    const press = await read(aibotPress(button.id, task, { response_url: wecom.responseUrl() }));
    expect(replied(press)).toMatchObject({
      response_type: 'update_template_card',
      template_card: { task_id: task, replace_text: '已选：十万以下' },
    });
    expect(messageIn(press)).toMatchObject({ action: { id: button.id, values: {} }, text: '' });
    expect(await answer(messageIn(press), { text: '', card })).toEqual({ kind: 'sent' });
    expect(wecom.sent).toMatchObject([
      { how: 'response_url', type: 'template_card', card: { button_list: [{ text: '十万以下', key: button.id }] } },
    ]);
  });

  it('to a press that says too much for a card comes in words, its choices numbered', async () => {
    const { message, first } = await ask();
    await answer(message, { text: '', card });
    const task = String((await poll(first.stream!.id)).template_card!['task_id']);
    const press = await read(aibotPress(button.id, task, { response_url: wecom.responseUrl() }));
    const long = { ...card, sections: [{ heading: '依据', lines: ['规'.repeat(200)] }] };
    expect(await answer(messageIn(press), { text: '', card: long })).toEqual({ kind: 'sent' });
    expect(wecom.sent).toMatchObject([{ type: 'markdown', content: expect.stringContaining('回复 1：十万以下') }]);
    expect(messageIn(await read(aibotText('1')))).toMatchObject({ action: { id: button.id } });
  });

  it('to a press of a card we no longer know still comes', async () => {
    const press = await read(aibotPress('go', 'unknown', { response_url: wecom.responseUrl() }));
    expect(press).toMatchObject({ kind: 'messages', answer: { body: '' } });
    expect(await answer(messageIn(press), { text: '好的' })).toEqual({ kind: 'sent' });
  });

  it('that takes more than five and a half minutes is posted instead', async () => {
    const { message, first } = await ask();
    expect((await poll(first.stream!.id, NOW + 5 * MINUTE)).stream!.finish).toBe(false);
    expect((await poll(first.stream!.id, NOW + 5.6 * MINUTE)).stream).toMatchObject({
      finish: true,
      content: expect.stringContaining('答好后'),
    });
    expect(await answer(message, { text: '由校长办公会议决定' }, NOW + 6 * MINUTE)).toEqual({ kind: 'sent' });
    expect(wecom.sent).toMatchObject([{ how: 'response_url', content: '由校长办公会议决定' }]);
  });

  it('is posted nowhere but to WeCom', async () => {
    for (const response_url of [
      'http://169.254.169.254/x',
      'https://weixin.qq.com.evil.cn/x',
      'https://evilweixin.qq.com/x',
      'file:///etc/passwd',
      'x',
    ]) {
      const press = await read(aibotPress('go', 't', { response_url }));
      expect(await answer(messageIn(press), { text: '好的' })).toMatchObject({ kind: 'undeliverable' });
    }
    expect(wecom.posted).toEqual([]);
  });

  it('that was lost ends the waiting', async () => {
    expect((await poll('unknown')).stream).toMatchObject({
      finish: true,
      content: expect.stringContaining('再发一遍'),
    });
  });

  it('of any length fits a stream, with a note when cut, and holds no live markup', async () => {
    const { message, first } = await ask();
    await answer(message, {
      text: Array.from({ length: 900 }, (_, n) => `${n} <@all> <think>${'字'.repeat(20)}</think>`).join('\n'),
    });
    const { content } = (await poll(first.stream!.id)).stream!;
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(20_480);
    expect(content).toContain('只是一部分');
    expect(content).not.toMatch(/<[@a-z/]/);
  });

  it('cannot begin a conversation', async () => {
    const alone: Outgoing = {
      key: 'k',
      platform: 'wecom-aibot',
      app: 'a',
      conversation: { kind: 'direct', id: 'ZhangSan' },
      reply: { text: '提醒' },
    };
    expect(await platform.send(alone, NOW)).toMatchObject({
      kind: 'undeliverable',
      why: expect.stringMatching(/自建应用/),
    });
  });

  it('says nothing of the address it was posted to when that fails', async () => {
    const press = await read(aibotPress('go', 't', { response_url: `${wecom.responseUrl()}used` }));
    const sent = await answer(messageIn(press), { text: '好的' });
    expect(sent).toMatchObject({ kind: 'undeliverable' });
    expect(JSON.stringify(sent)).not.toContain('response_code');
  });
});

describe('entering', () => {
  it('is welcomed once, not every day', async () => {
    const enter = (now: number) => read(aibotEvent('enter_chat'), now);
    expect(replied(await enter(NOW))).toEqual({ msgtype: 'text', text: { content: WELCOME } });
    expect((await enter(NOW + 24 * 60 * MINUTE)).answer.body).toBe('');
    expect(replied(await enter(NOW + 190 * 24 * 60 * MINUTE))).toMatchObject({ msgtype: 'text' });
  });

  it.each(['feedback_event', 'something_new'])('another event is only acknowledged: %s', async (type) => {
    expect(await read(aibotEvent(type))).toMatchObject({ kind: 'ignored', answer: { status: 200, body: '' } });
  });
});
