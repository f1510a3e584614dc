import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/ports/platform.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { envelope, FEISHU_APP, pressEvent, textEvent } from '../fakes/feishu-server.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { heard, knownBot, NOW, read } from './reading.ts';

const at = (event: unknown, notebook: Notebook, now = NOW): Promise<Reading> =>
  read(event, { now }, knownBot, notebook);
const person = (open_id: string) => ({ open_id, union_id: `on_${open_id}` });
const entered = (from = 'ou_zhang') =>
  envelope('im.chat.access_event.bot_p2p_chat_entered_v1', { chat_id: 'oc_direct', operator_id: person(from) });
const menu = (event_key: string) =>
  envelope('application.bot.menu_v6', {
    operator: { operator_name: '张老师', operator_id: person('ou_zhang') },
    event_key,
    timestamp: Math.floor(NOW / 1000),
  });

describe('somebody comes in', () => {
  it('by adding the bot to a group: the group is welcomed', async () => {
    const event = envelope('im.chat.member.bot.added_v1', {
      chat_id: 'oc_group',
      operator_id: person('ou_zhang'),
      external: false,
      name: '行政群',
    });
    expect(await heard(event)).toMatchObject({
      conversation: { kind: 'group', id: 'oc_group' },
      from: 'ou_zhang',
      action: { id: 'welcome', values: {} },
      messageId: '',
      addressed: true,
    });
  });

  it('by opening the chat: welcomed once, each person for themselves', async () => {
    const notebook = memoryNotebook();
    const kinds = [];
    for (const from of ['ou_zhang', 'ou_zhang', 'ou_wang']) kinds.push((await at(entered(from), notebook)).kind);
    expect(kinds).toEqual(['messages', 'ignored', 'messages']);
    expect((await at(entered(), notebook, NOW + 300 * 24 * 3_600_000)).kind).toBe('ignored');
  });

  it('and what cannot be read of it is left alone', async () => {
    for (const type of ['im.chat.member.bot.added_v1', 'im.chat.access_event.bot_p2p_chat_entered_v1'])
      expect(await read(envelope(type, { chat_id: 7 }))).toMatchObject({ kind: 'ignored', answer: { status: 200 } });
  });
});

describe('the menu', () => {
  it.each([
    ['todo', '/待办'],
    ['items', '/议题'],
    ['meetings', '/会议'],
    ['resolutions', '/决议'],
    ['help', 'help'],
  ])('%s is the command %s, answered to the person', async (key, command) => {
    expect(await heard(menu(key))).toMatchObject({
      conversation: { kind: 'direct', id: 'ou_zhang' },
      from: 'ou_zhang',
      action: { id: command },
      messageId: '',
      sentAt: Math.floor(NOW / 1000) * 1000,
    });
  });

  it.each(['constructor', '/名册', '__proto__', ''])('knows no item %j', async (key) => {
    expect((await read(menu(key))).kind).toBe('ignored');
  });
});

describe('a message', () => {
  it('taken back is told by the id it had', async () => {
    const event = envelope('im.message.recalled_v1', {
      message_id: 'om_1',
      chat_id: 'oc_1',
      recall_type: 'message_owner',
    });
    expect(await read(event)).toMatchObject({ kind: 'recalled', ids: [`feishu:${FEISHU_APP.appId}:om_1`] });
    expect((await read(envelope('im.message.recalled_v1', { message_id: '../x' }))).kind).toBe('ignored');
  });

  it('names what it quotes', async () => {
    expect((await heard(textEvent('提上会', { parent_id: 'om_before', root_id: 'om_before' }))).quotes).toEqual({
      messageId: 'om_before',
    });
    expect((await heard(textEvent('提上会', { parent_id: '/../bad' }))).quotes).toBeUndefined();
  });

  it('has the same id when it comes again edited', async () => {
    const message = { message_id: 'om_1', update_time: String(NOW) };
    expect((await heard(textEvent('改过的', message))).id).toBe((await heard(textEvent('原来的', message))).id);
  });
});

describe('a press', () => {
  const press = (from: string, form?: Record<string, string>) =>
    pressEvent({ action: '/沟通 Y12 无重大分歧', kind: 'group' }, form ? { form_value: form } : {}, from);
  const toastOf = (reading: Reading) => (reading.answer.body as { toast: { content: string } }).toast.content;

  it('of six hundred characters is a command like another', async () => {
    const action = `/沟通 Y12 ${'意见'.repeat(290)}`;
    expect((await heard(pressEvent({ action, kind: 'direct' }))).action?.id).toBe(action);
    expect((await read(pressEvent({ action: 'x'.repeat(601) }))).kind).toBe('ignored');
  });

  it('acts as who pressed, whatever the value says', async () => {
    const value = { action: '/沟通 Y12', kind: 'direct', from: 'ou_shuji', operator: 'ou_shuji', by: 'm1' };
    const message = await heard(pressEvent(value, {}, 'ou_mallory'));
    expect(message.from).toBe('ou_mallory');
    expect(JSON.stringify(message)).not.toContain('ou_shuji');
  });

  it('repeated at once by the same person counts once, and is answered', async () => {
    const notebook = memoryNotebook();
    const [first, again] = [await at(press('ou_zhang'), notebook), await at(press('ou_zhang'), notebook, NOW + 2000)];
    expect(first).toMatchObject({ messages: [{ from: 'ou_zhang' }] });
    expect(again).toMatchObject({ kind: 'messages', messages: [], answer: { status: 200 } });
    expect(toastOf(again)).toContain('不用再点');
    expect(await at(press('ou_zhang'), notebook, NOW + 15_000)).toMatchObject({ messages: [{ from: 'ou_zhang' }] });
  });

  it('passed over is not taken up when its delivery is replayed hours later', async () => {
    const notebook = memoryNotebook();
    const passed = press('ou_zhang');
    await at(press('ou_zhang'), notebook);
    await at(passed, notebook, NOW + 2000);
    await at(press('ou_zhang'), notebook, NOW + 3_600_000);
    expect(await at(passed, notebook, NOW + 7 * 3_600_000)).toMatchObject({ messages: [] });
  });

  it('of a form filled in otherwise is another', async () => {
    const notebook = memoryNotebook();
    for (const value of ['8', '9'])
      expect(await at(press('ou_zhang', { f0_amount: value }), notebook)).toMatchObject({
        messages: [{ action: { values: { amount: value } } }],
      });
  });

  it('by two people is heard from both; the second is told of the first', async () => {
    const notebook = memoryNotebook();
    const [a, b] = [await at(press('ou_zhang'), notebook), await at(press('ou_wang'), notebook)];
    expect([a, b]).toMatchObject([{ messages: [{ from: 'ou_zhang' }] }, { messages: [{ from: 'ou_wang' }] }]);
    expect([toastOf(a), toastOf(b)]).toEqual(['已收到，正在处理。', '刚才有人点过，正在处理；结果以卡片为准。']);
  });

  it('is heard when the notebook cannot be had', async () => {
    const away = () => Promise.reject(new Error('away'));
    expect(await at(press('ou_zhang'), { read: away, write: away, erase: away })).toMatchObject({
      messages: [{ from: 'ou_zhang' }],
    });
  });
});
