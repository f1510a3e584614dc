import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feishuClient } from '../../adapters/feishu/client.ts';
import { feishuPlatform } from '../../adapters/feishu/send.ts';
import type { Card, Outgoing } from '../../src/domain/message.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { startFeishu, type Feishu } from '../fakes/feishu-server.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { NOW, settingsFor } from './reading.ts';

const MINUTE = 60_000;
const card = (summary: string): Card => ({
  title: '议题 Y12',
  tone: 'neutral',
  summary,
  sections: [],
  actions: [{ id: '/沟通 Y12 无重大分歧', label: '无重大分歧', style: 'primary' }],
});
const about = (summary: string, more: Partial<Outgoing> = {}): Outgoing => ({
  key: `k-${summary}`,
  platform: 'feishu',
  app: 'cli_0123456789abcdef',
  conversation: { kind: 'group', id: 'oc_group' },
  replyTo: 'om_question',
  reply: { text: summary, card: card(summary), follows: 'Y12' },
  ...more,
});
const pressOn = (message: string, summary: string, more: Partial<Outgoing> = {}) =>
  about(summary, { replyTo: message, pressed: true, ...more });

let feishu: Feishu;
let platform: Platform;
/** What stands in the chat, and how many buttons it has. */
const standing = () =>
  feishu.sent.map(({ content }) => ({
    says: JSON.stringify(content).match(/第.步/)?.[0],
    buttons: JSON.stringify(content).split('"tag":"button"').length - 1,
  }));

beforeEach(async () => {
  feishu = await startFeishu();
  platform = feishuPlatform(feishuClient(settingsFor(feishu.baseUrl)), memoryNotebook());
});
afterEach(() => feishu.close());

describe('a pressed card', () => {
  it('shows what came of it, in its place', async () => {
    await platform.send(about('第一步'), NOW);
    expect(await platform.send(pressOn('om_sent_1', '第二步'), NOW + MINUTE)).toEqual({
      kind: 'sent',
      messageId: 'om_sent_1',
    });
    expect(standing()).toEqual([{ says: '第二步', buttons: 1 }]);
    expect(feishu.updates).toHaveLength(1);
  });

  it('pressed by two shows the last state, and is one message still', async () => {
    await platform.send(about('第一步'), NOW);
    await platform.send(pressOn('om_sent_1', '第二步'), NOW + 1);
    await platform.send(pressOn('om_sent_1', '第三步'), NOW + 2);
    expect(standing()).toEqual([{ says: '第三步', buttons: 1 }]);
  });

  it('of another record is left as it is: the answer stands below', async () => {
    await platform.send(about('第一步'), NOW);
    await platform.send(
      pressOn('om_sent_1', '第九步', { reply: { text: '', card: card('第九步'), follows: 'Y9' } }),
      NOW,
    );
    expect(standing().map(({ says }) => says)).toEqual(['第一步', '第九步']);
    expect(feishu.sent[1]).toMatchObject({ to: 'om_sent_1' });
  });

  it('that nobody remembers is answered below it', async () => {
    await platform.send(pressOn('om_older', '第二步'), NOW);
    expect(feishu.sent).toMatchObject([{ to: 'om_older', type: 'interactive' }]);
  });

  it('has its buttons taken off when the answer is only words', async () => {
    await platform.send(about('第一步'), NOW);
    await platform.send(pressOn('om_sent_1', '第二步', { reply: { text: '已记下。', follows: 'Y12' } }), NOW);
    expect(standing()).toEqual([
      { says: '第一步', buttons: 0 },
      { says: undefined, buttons: 0 },
    ]);
    expect(JSON.stringify(feishu.sent[0]!.content)).toContain('✓ 已办');
  });

  it('keeps them when nothing was done', async () => {
    await platform.send(about('第一步'), NOW);
    await platform.send(pressOn('om_sent_1', '', { reply: { text: '请书记来记。' } }), NOW);
    expect(standing()[0]).toEqual({ says: '第一步', buttons: 1 });
  });

  it.each([230110, 230001, 230099])('that cannot be changed any more (%i) is answered anew', async (code) => {
    await platform.send(about('第一步'), NOW);
    feishu.fail('update', { status: 400, code });
    expect((await platform.send(pressOn('om_sent_1', '第二步'), NOW)).kind).toBe('sent');
    expect(standing().map(({ says }) => says)).toEqual(['第一步', '第二步']);
  });

  it('that is changed too often waits, and is changed then', async () => {
    await platform.send(about('第一步'), NOW);
    feishu.fail('update', { status: 400, code: 230020 });
    expect(await platform.send(pressOn('om_sent_1', '第二步'), NOW)).toMatchObject({ kind: 'try-later' });
    expect((await platform.send(pressOn('om_sent_1', '第二步'), NOW + 2000)).kind).toBe('sent');
    expect(standing()).toEqual([{ says: '第二步', buttons: 1 }]);
  });

  it('that was told unasked to somebody bound without naming the app is changed all the same', async () => {
    const { replyTo: _, ...told } = about('第一步', { app: '', conversation: { kind: 'direct', id: 'ou_li' } });
    await platform.send(told, NOW);
    await platform.send(
      pressOn('om_sent_1', '第二步', { conversation: { kind: 'direct', id: 'oc_li' } }),
      NOW + MINUTE,
    );
    expect(standing()).toEqual([{ says: '第二步', buttons: 1 }]);
  });

  it('is not ours to change after 14 days', async () => {
    await platform.send(about('第一步'), NOW);
    await platform.send(pressOn('om_sent_1', '第二步'), NOW + 15 * 24 * 60 * MINUTE);
    expect(feishu.updates).toHaveLength(0);
    expect(feishu.sent).toHaveLength(2);
  });
});

describe('a newer card about the same record', () => {
  it('takes the buttons off the older one in that chat', async () => {
    await platform.send(about('第一步'), NOW);
    await platform.send(about('第二步'), NOW + MINUTE);
    expect(standing()).toEqual([
      { says: '第一步', buttons: 0 },
      { says: '第二步', buttons: 1 },
    ]);
    expect(JSON.stringify(feishu.sent[0]!.content)).toContain('请看最新的一张');
  });

  it('leaves those in other chats and about other records alone', async () => {
    await platform.send(about('第一步'), NOW);
    await platform.send(about('第二步', { conversation: { kind: 'direct', id: 'oc_other' } }), NOW);
    await platform.send(about('第三步', { reply: { text: '', card: card('第三步'), follows: 'Y13' } }), NOW);
    expect(standing().map(({ buttons }) => buttons)).toEqual([1, 1, 1]);
  });
});

describe('news nobody asked for', () => {
  const news = (summary: string, more: Partial<Outgoing> = {}) => {
    const { replyTo: _, ...alone } = about(summary, more);
    return alone;
  };

  it('changes the card just sent in a group instead of adding another', async () => {
    await platform.send(news('第一步'), NOW);
    await platform.send(news('第二步'), NOW + 5 * MINUTE);
    expect(standing()).toEqual([{ says: '第二步', buttons: 1 }]);
  });

  it('is a message of its own later, and always to a person, who must see it', async () => {
    const direct = { conversation: { kind: 'direct', id: 'ou_wang' } } as const;
    await platform.send(news('第一步'), NOW);
    await platform.send(news('第二步'), NOW + 20 * MINUTE);
    await platform.send(news('第三步', direct), NOW);
    await platform.send(news('第四步', direct), NOW);
    expect(feishu.sent.map(({ to, how }) => [to, how])).toEqual([
      ['oc_group', 'chat_id'],
      ['oc_group', 'chat_id'],
      ['ou_wang', 'open_id'],
      ['ou_wang', 'open_id'],
    ]);
  });
});
