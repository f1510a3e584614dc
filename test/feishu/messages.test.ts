import { describe, expect, it } from 'vitest';
import type { WhoIsBot } from '../../adapters/feishu/hear.ts';
import { epochMs } from '../../adapters/feishu/shapes.ts';
import { textEvent } from '../fakes/feishu-server.ts';
import { fixture, heard, NOW, read } from './reading.ts';

const unknown: WhoIsBot = () => Promise.resolve(undefined);
const mention = (n: number, open_id: string, more = {}) => ({
  key: `@_user_${n}`,
  id: { open_id },
  name: `名${n}`,
  ...more,
});
const inGroup = (text: string, mentions: unknown) =>
  textEvent(text, { chat_type: 'group', chat_id: 'oc_group', mentions });

describe('a message', () => {
  it('in a direct chat is always for us', async () => {
    expect(await heard(fixture('direct-text'))).toEqual({
      id: 'feishu:cli_0123456789abcdef:om_5ce6d572455d361153b7cb51da133945',
      platform: 'feishu',
      app: 'cli_0123456789abcdef',
      conversation: { kind: 'direct', id: 'oc_5ce6d572455d361153b7xx51da133945' },
      from: 'ou_84aad35d084aa403a838cf73ee18467',
      text: '采购一批课桌椅,大概八万元,谁来定?',
      addressed: true,
      messageId: 'om_5ce6d572455d361153b7cb51da133945',
      sentAt: 1767225600000,
      receivedAt: NOW,
    });
  });

  it('in a group loses our mention and keeps the names of others', async () => {
    const message = await heard(fixture('group-mention'));
    expect(message).toMatchObject({
      text: '请 王主任 看一下,绩效方案过哪个会?',
      addressed: true,
      conversation: { kind: 'group' },
    });
  });

  it.each(['group-not-mentioned', 'group-mention-all'])('that does not name us is not for us: %s', async (name) => {
    expect(await heard(fixture(name))).toMatchObject({ addressed: false });
  });

  it('with eleven mentions mixes none of them up', async () => {
    const names = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11].map((n) => `老师${n}`).join(' ');
    expect(await heard(fixture('group-twelve-mentions'))).toMatchObject({ text: `${names} 谁分管?`, addressed: true });
  });

  it('in a thread stays there', async () => {
    expect((await heard(fixture('thread-reply'))).conversation.thread).toBe('omt_d4be107c616a');
  });

  it('in rich text is read as its words', async () => {
    expect(await heard(fixture('post'))).toMatchObject({
      text: '关于职称评审\n推荐名单附件\n由谁定?',
      addressed: true,
    });
  });

  it('without words is heard in a direct chat only, as an empty text', async () => {
    expect(await heard(fixture('image-direct'))).toMatchObject({ text: '', addressed: true });
    expect((await read(fixture('image-group'))).kind).toBe('ignored');
  });

  it.each(['{', '[]', '3', '{"text":5}', ''])('whose content is %j is an empty text', async (content) => {
    expect((await heard(textEvent('', { content }))).text).toBe('');
  });

  it('keeps what only looks like a mention', async () => {
    const event = inGroup('@_user_1 @_user_7 @_user_12026年 user@_allow.cn', [
      mention(1, 'ou_bot'),
      mention(12, 'ou_x'),
    ]);
    expect((await heard(event)).text).toBe('@_user_7 名12026年 user@_allow.cn');
  });

  it('does not expand a name that looks like a mention', async () => {
    const event = inGroup('@_user_2 来', [mention(1, 'ou_bot'), mention(2, 'ou_x', { name: '@_user_1' })]);
    expect((await heard(event)).text).toBe('@_user_1 来');
  });

  it('does not believe a person who is called like the bot', async () => {
    const event = inGroup('@_user_1 你好', [mention(1, 'ou_mallory', { name: '议事', mentioned_type: 'user' })]);
    expect((await heard(event)).addressed).toBe(false);
  });

  it('survives a mention list that cannot be read', async () => {
    expect((await heard(inGroup('谁来定', [{ key: 1 }]))).text).toBe('谁来定');
  });
});

describe('while it is unknown which account is the bot', () => {
  it('a mention marked as a bot is ours', async () => {
    const marked = [mention(1, 'ou_x', { mentioned_type: 'user' }), mention(2, 'ou_b', { mentioned_type: 'bot' })];
    expect(await heard(inGroup('@_user_1 @_user_2 谁定', marked), unknown)).toMatchObject({
      text: '名1 谁定',
      addressed: true,
    });
  });

  it('the first unmarked mention is ours', async () => {
    const event = inGroup('@_user_1 问 @_user_2', [mention(1, 'ou_b'), mention(2, 'ou_x')]);
    expect(await heard(event, unknown)).toMatchObject({ text: '问 名2', addressed: true });
  });

  it('a mention marked as a person is not', async () => {
    const event = inGroup('@_user_1 开会', [mention(1, 'ou_x', { mentioned_type: 'user' })]);
    expect(await heard(event, unknown)).toMatchObject({ addressed: false });
  });
});

describe('a press', () => {
  it('carries the button, the chat and who pressed', async () => {
    expect(await heard(fixture('card-press'))).toEqual({
      id: 'feishu:cli_0123456789abcdef:f7984f25108f8137722bb63ceexxxx',
      platform: 'feishu',
      app: 'cli_0123456789abcdef',
      conversation: { kind: 'group', id: 'oc_e4d2605ca917e695f54f11aaf56265be', thread: 'omt_d4be107c616a' },
      from: 'ou_5a5a5a',
      text: '',
      addressed: true,
      action: { id: 'confirm-item', values: {} },
      messageId: 'om_574d639e4a44e4dd646eaf628e2412b2',
      sentAt: 1767225600123,
      receivedAt: NOW,
    });
  });

  it('of a form carries its fields under our names, and nothing else', async () => {
    const { action, conversation } = await heard(fixture('card-form'));
    const values = { title: '采购课桌椅', amount: '80000', due: '2026-03-01', bodies: 'party,principal' };
    expect(action).toEqual({ id: 'raise-item', values });
    expect(conversation.kind).toBe('direct');
  });
});

describe('a moment', () => {
  it.each([
    ['1767225600', 1767225600000],
    ['1767225600123', 1767225600123],
    ['1767225600123456', 1767225600123],
    [1767225600123, 1767225600123],
    ['', 7],
    ['-5', 7],
    ['soon', 7],
    [undefined, 7],
  ])('%j is read by its length', (value, ms) => expect(epochMs(value, 7)).toBe(ms));
});
