import { beforeEach, describe, expect, it, vi } from 'vitest';
import { wechatyPlatform } from '../../adapters/wechaty/send.ts';
import type { Bot, Contact, Line } from '../../adapters/wechaty/shapes.ts';
import type { Card, Outgoing } from '../../src/domain/message.ts';
import { memoryNotebook } from '../fakes/notebook.ts';

const NOW = Date.UTC(2026, 0, 1);
const say = vi.fn<(text: string, ...named: Contact[]) => Promise<unknown>>(async () => undefined);
const amy = { id: 'amy', name: () => '艾老师', say } satisfies Contact;
const unknown = { find: async () => undefined };
const bot = {
  Contact: { find: async ({ id }: { id: string }) => (id === 'amy' ? amy : undefined) },
  Room: { find: async () => ({ id: 'staff', alias: async () => undefined, say }) },
  Message: unknown,
} as unknown as Bot;
const line = (): Line => ({ now: { bot, me: amy } });

let count = 0;
const outgoing = (over: Partial<Outgoing> = {}): Outgoing => ({
  key: `k${++count}`,
  platform: 'wechaty',
  app: 'p',
  conversation: { kind: 'direct', id: 'amy' },
  reply: { text: '好' },
  ...over,
});
const platform = (on = line()) => wechatyPlatform(on, memoryNotebook(), () => 0);

beforeEach(() => say.mockReset());

describe('an answer', () => {
  it('with a card is plain text, its sources with their addresses', async () => {
    const card: Card = {
      title: '采购\u2005课桌椅',
      tone: 'settled',
      summary: '校长办公会议决定。',
      sections: [
        {
          heading: '依据',
          lines: ['八万元'],
          links: [
            { text: '采购办法 第3条', url: 'https://a.cn/x' },
            { text: '校内', url: 'javascript:1' },
          ],
        },
      ],
      actions: [
        { id: 'a', label: '八万', style: 'default' },
        {
          id: 'b',
          label: '改',
          style: 'default',
          fields: [{ name: 'n', label: '标题', type: 'text', required: true }],
        },
      ],
      footer: '规则 1',
    };
    await platform().send(outgoing({ reply: { text: '', card } }), NOW);
    expect(say.mock.calls[0]![0].split('\n')).toEqual([
      '【采购 课桌椅】',
      '校长办公会议决定。',
      '【依据】',
      '八万元',
      '采购办法 第3条 https://a.cn/x',
      '校内',
      '规则 1',
      '回复 1：八万',
      '回复 2：改',
    ]);
  });

  it('that is long comes in numbered parts, and goes on where it stopped', async () => {
    const reply = { text: Array.from({ length: 100 }, (_, n) => `第 ${n} 条：${'字'.repeat(40)}`).join('\n') };
    const wechaty = platform();
    say.mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error('busy'));
    const message = outgoing({ reply });
    expect(await wechaty.send(message, NOW)).toMatchObject({ kind: 'try-later', why: expect.stringContaining('busy') });
    expect(await wechaty.send(message, NOW)).toEqual({ kind: 'sent' });
    const parts = say.mock.calls.map(([text]) => text.slice(0, 5));
    const all = parts.length - 1;
    expect(parts).toEqual([1, 2, ...Array.from({ length: all - 1 }, (_, n) => n + 2)].map((n) => `（${n}/${all}）`));
  });

  it('waits while nobody is logged in, and while the conversation is not to be found', async () => {
    expect(await platform({}).send(outgoing(), NOW)).toMatchObject({ kind: 'try-later', why: '没有登录' });
    const elsewhere = outgoing({ conversation: { kind: 'direct', id: 'new-id-after-login' } });
    expect(await platform().send(elsewhere, NOW)).toMatchObject({ kind: 'try-later', why: '找不到这个会话' });
    expect(say).not.toHaveBeenCalled();
  });

  it('to a group is said without a name when the question is forgotten', async () => {
    await platform().send(outgoing({ conversation: { kind: 'group', id: 'staff' }, replyTo: 'gone' }), NOW);
    expect(say.mock.calls).toEqual([['好']]);
  });

  it('beyond ten a minute in one chat waits for its turn', async () => {
    const wechaty = platform();
    for (let n = 0; n < 10; n++) expect((await wechaty.send(outgoing(), NOW)).kind).toBe('sent');
    expect(await wechaty.send(outgoing(), NOW)).toMatchObject({ kind: 'try-later', after: NOW + 60_000 });
    expect((await wechaty.send(outgoing({ conversation: { kind: 'group', id: 'staff' } }), NOW)).kind).toBe('sent');
    expect(say).toHaveBeenCalledTimes(11);
  });

  it('is given up for now when the puppet does not answer', async () => {
    vi.useFakeTimers();
    say.mockImplementationOnce(() => new Promise(() => {}));
    const sent = platform().send(outgoing(), NOW);
    await vi.advanceTimersByTimeAsync(31_000);
    vi.useRealTimers();
    expect(await sent).toMatchObject({ kind: 'try-later' });
  });
});
