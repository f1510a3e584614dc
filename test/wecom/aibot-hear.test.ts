import { describe, expect, it } from 'vitest';
import { aibotGroupText, aibotText, checkDelivery, WECOM_AIBOT, WECOM_APP, type Json } from './deliveries.ts';
import { botHook, messageIn, NOW, readBot, readBy } from './reading.ts';

const read = (body: Json, now = NOW, more: Record<string, string> = {}) =>
  readBot(body, {}, botHook(undefined, more), now);

describe('a question', () => {
  it('in a direct chat is for us', async () => {
    expect(messageIn(await read(aibotText('谁来定', { msgid: 'CAIQ1', create_time: 1767225600 })))).toEqual({
      id: `wecom-aibot:${WECOM_AIBOT.botId}:CAIQ1`,
      platform: 'wecom-aibot',
      app: WECOM_AIBOT.botId,
      conversation: { kind: 'direct', id: 'ZhangSan' },
      from: 'zhangsan',
      text: '谁来定',
      addressed: true,
      messageId: 'CAIQ1',
      sentAt: 1767225600000,
      receivedAt: NOW,
    });
  });

  it.each([
    ['@议事 谁来定', {}, '谁来定'],
    ['  @议事\n谁来定', {}, '谁来定'],
    ['@议事', {}, ''],
    ['谁来定 a@b.cn', {}, '谁来定 a@b.cn'],
    ['请 @议事 助手 看看', { WECOM_AIBOT_NAME: '议事 助手' }, '请 看看'],
    ['@王主任 说的事 @议事', { WECOM_AIBOT_NAME: '议事' }, '@王主任 说的事'],
    ['@议事 /帮助', {}, '/帮助'],
  ])('in a group loses our name: %j', async (text, env, words) => {
    const heard = messageIn(await read(aibotGroupText(text), NOW, env));
    expect(heard).toMatchObject({
      text: words,
      addressed: true,
      conversation: { kind: 'group', id: 'wrkSFfCgAAgroup' },
    });
  });

  it('that only names us asks what is quoted, but commands nothing', async () => {
    const quote = (content: string) => ({ quote: { msgtype: 'text', text: { content } } });
    expect(messageIn(await read(aibotGroupText('@议事', quote('买电脑八万')))).text).toBe('买电脑八万');
    expect(messageIn(await read(aibotGroupText('@议事', quote('/取消')))).text).toBe('');
    expect(messageIn(await read(aibotGroupText('@议事 谁来定', quote('买电脑八万')))).text).toBe('谁来定');
  });

  it('brings what it quotes along', async () => {
    const quote = { msgtype: 'text', text: { content: '张老师：食堂外包合同' } };
    const heard = messageIn(await read(aibotGroupText('@议事 /议题', { quote })));
    expect(heard).toMatchObject({ text: '/议题', quotes: { text: '张老师：食堂外包合同' } });
    expect(messageIn(await read(aibotGroupText('@议事 /议题')))).not.toHaveProperty('quotes');
  });

  it('is read from voice and from mixed contents; a picture is an empty text', async () => {
    expect(messageIn(await read(aibotText('', { msgtype: 'voice', voice: { content: '谁来定' } }))).text).toBe(
      '谁来定',
    );
    const msg_item = [
      { msgtype: 'text', text: { content: '@议事 看图' } },
      { msgtype: 'image', image: { url: 'https://x' } },
    ];
    expect(messageIn(await read(aibotGroupText('', { msgtype: 'mixed', mixed: { msg_item } }))).text).toBe('看图');
    expect(messageIn(await read(aibotText('', { msgtype: 'image', image: { url: 'https://x' } }))).text).toBe('');
  });

  it('for another bot with the same keys is left alone', async () => {
    expect(await read(aibotText('谁来定', { aibotid: 'other' }))).toMatchObject({
      kind: 'ignored',
      answer: { status: 200, body: '' },
    });
  });

  it('is refused when meant for the app, or unsigned', async () => {
    for (const options of [
      { keys: WECOM_APP },
      { sign: false },
      { sign: 'wrong' },
      { receiveId: WECOM_APP.corpId },
      { encrypt: false, sign: false },
      { ageSeconds: 200_000 },
    ] as const)
      expect((await readBot(aibotText('谁来定'), options)).kind).toBe('refused');
  });

  it('is preceded by a check of the address', async () => {
    expect((await readBy(botHook(), checkDelivery('1616140317555161061', 'aibot', { now: NOW }))).answer.body).toBe(
      '1616140317555161061',
    );
  });
});
