import { describe, expect, it } from 'vitest';
import { hear, OLD_MS } from '../../adapters/wechaty/hear.ts';
import { TYPE, type Contact, type Message, type Room } from '../../adapters/wechaty/shapes.ts';
import { memoryNotebook } from '../fakes/notebook.ts';

const NOW = Date.UTC(2026, 0, 1);
const contact = (id: string, name: string): Contact => ({ id, name: () => name, say: async () => undefined });
const me = contact('bot', '议事(测试)');
const amy = contact('amy', '艾老师');
const room = (alias?: () => Promise<string | undefined>): Room => ({
  id: 'staff',
  alias: alias ?? (async () => undefined),
  say: async () => undefined,
});
const message = (over: Partial<Record<keyof Message, unknown>> = {}): Message => {
  const parts = {
    room: undefined,
    text: '谁来定',
    type: TYPE.text,
    self: false,
    talker: amy,
    date: new Date(NOW),
    ...over,
  };
  return {
    id: 'm1',
    self: () => parts.self as boolean,
    talker: () => parts.talker as Contact,
    room: () => parts.room as Room | undefined,
    text: () => parts.text as string,
    type: () => parts.type as number,
    date: () => parts.date as Date,
    mentionSelf: async () => (over.mentionSelf as boolean | undefined) ?? true,
    toFileBox: async () => {
      throw new Error('no file');
    },
  };
};
const heard = (over?: Parameters<typeof message>[0]) =>
  hear(message(over), { puppet: 'p', me, notebook: memoryNotebook() }, NOW);
const words = async (over: Parameters<typeof message>[0]) => {
  const result = await heard(over);
  return result.kind === 'message' ? result.message.text : result.why;
};

describe('what is heard', () => {
  it('is a message in our own words', async () => {
    expect(await heard()).toEqual({
      kind: 'message',
      message: {
        id: 'wechaty:p:m1',
        platform: 'wechaty',
        app: 'p',
        conversation: { kind: 'direct', id: 'amy' },
        from: 'amy',
        text: '谁来定',
        addressed: true,
        messageId: 'm1',
        sentAt: NOW,
        receivedAt: NOW,
      },
    });
  });

  it('is not what the account said itself, also where the puppet does not know its own', async () => {
    expect(await heard({ self: true })).toMatchObject({ why: 'own' });
    expect(await heard({ talker: me })).toMatchObject({ why: 'own' });
  });

  it('is not what a puppet replays after a reconnection', async () => {
    expect(await heard({ date: new Date(NOW - OLD_MS - 1) })).toMatchObject({ why: 'old' });
    expect(await heard({ date: new Date(NOW - OLD_MS) })).toMatchObject({ kind: 'message' });
  });

  it.each([TYPE.groupNote, TYPE.recalled])('is not a notice of the app (type %i)', async (type) => {
    expect(await heard({ type })).toMatchObject({ why: 'notice' });
  });

  it('has no words where the message has none, whatever its text holds', async () => {
    expect(await words({ type: 6, text: '<msg><img aeskey="…"/></msg>' })).toBe('');
    expect(await words({ type: 6, room: room() })).toBe('without words');
  });

  it('is a file even when its box is not to be had, so that this can be said', async () => {
    expect(await heard({ type: TYPE.attachment })).toMatchObject({ message: { file: { name: '', key: 'm1' } } });
    expect(await heard({ type: TYPE.unknown })).not.toHaveProperty('message.file');
  });
});

describe('a name in a group', () => {
  it.each([
    ['@议事(测试)\u2005谁来定', '谁来定'],
    ['谁来定 @议事(测试)', '谁来定'],
    ['@议事(测试)谁来定', '谁来定'],
    ['@议事(测试)2号 和 @议事(测试) 谁来定', '2号 和 谁来定'],
    ['@艾老师\u2005的假\n@议事(测试)\u2005谁来定', '@艾老师 的假\n谁来定'],
  ])('%j asks %j', async (text, asked) => {
    expect(await words({ room: room(), text })).toBe(asked);
  });

  it('may be the alias in the room', async () => {
    expect(await words({ room: room(async () => '小议'), text: '@小议\u2005谁来定' })).toBe('谁来定');
  });

  it('is still read when the puppet cannot tell the alias', async () => {
    const failing = room(() => Promise.reject(new Error('no member')));
    expect(await words({ room: failing, text: '@议事(测试)\u2005谁来定' })).toBe('谁来定');
  });

  it('that is somebody else’s is not for us', async () => {
    expect(await words({ room: room(), mentionSelf: false })).toBe('not named');
  });
});
