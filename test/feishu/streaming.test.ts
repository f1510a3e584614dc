import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feishuClient } from '../../adapters/feishu/client.ts';
import { feishuPlatform } from '../../adapters/feishu/send.ts';
import type { Card, Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { startFeishu, type Feishu } from '../fakes/feishu-server.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { NOW, settingsFor } from './reading.ts';

const card: Card = {
  title: '采购',
  tone: 'settled',
  summary: '由校长办公会议决定',
  sections: [{ heading: '依据', lines: ['第三条'] }],
  actions: [{ id: 'draft', label: '起草议题', style: 'primary' }],
};
const outgoing: Outgoing = {
  key: 'q-1-answer',
  platform: 'feishu',
  app: 'cli_0123456789abcdef',
  conversation: { kind: 'group', id: 'oc_group' },
  replyTo: 'om_question',
  reply: { text: '这件事请校长办公会议议定。\n【依据】第三条', card, worded: '这件事请校长办公会议议定。' },
};
const { reply: _, ...answer } = outgoing;

let feishu: Feishu;
let platform: Platform;
let notebook: Notebook;
const anew = () => (platform = feishuPlatform(feishuClient(settingsFor(feishu.baseUrl)), notebook));
const shown = () => JSON.stringify(feishu.sent[0]?.content);

beforeEach(async () => {
  feishu = await startFeishu();
  notebook = memoryNotebook();
  anew();
});
afterEach(() => feishu.close());

describe('an answer that takes longer', () => {
  it('first says so, then types the words, then shows the whole: one message', async () => {
    await platform.working!(answer, NOW);
    expect(feishu.sent).toMatchObject([{ to: 'om_question', how: 'reply', type: 'interactive' }]);
    expect(shown()).toContain('请稍候');
    expect(shown()).toContain('"streaming_mode":true');
    expect(await platform.send(outgoing, NOW + 3000)).toEqual({ kind: 'sent', messageId: 'om_sent_1' });
    const [typed, closed, whole] = feishu.updates.map(({ content }) => JSON.stringify(content));
    expect(typed).toContain('这件事请校长办公会议议定。');
    expect(closed).toContain('"streaming_mode":false');
    expect(whole).toMatch(/采购.*这件事请校长办公会议议定。.*依据.*起草议题/);
    expect(feishu.sent).toHaveLength(1);
    expect(shown()).not.toContain('请稍候');
  });

  it('says so once, however often it is told', async () => {
    await platform.working!(answer, NOW);
    anew();
    await platform.working!(answer, NOW + 2000);
    expect(feishu.sent).toHaveLength(1);
    expect(feishu.calls.card).toBe(1);
  });

  it('is ended by whoever sends it after a restart', async () => {
    await platform.working!(answer, NOW);
    anew();
    await platform.send(outgoing, NOW + 60_000);
    expect(feishu.sent).toHaveLength(1);
    expect(shown()).not.toContain('"streaming_mode":true');
    expect(shown()).toContain('起草议题');
  });

  it('keeps the order of changes over a try that failed half way', async () => {
    await platform.working!(answer, NOW);
    feishu.fail('card', { how: 'lose' });
    expect((await platform.send(outgoing, NOW)).kind).toBe('try-later');
    expect((await platform.send(outgoing, NOW + 5000)).kind).toBe('sent');
    expect(feishu.sent).toHaveLength(1);
    expect(shown()).toContain('起草议题');
  });

  it('takes the same card when the message was lost before it was noted', async () => {
    feishu.fail('reply', { how: 'lose' });
    await platform.working!(answer, NOW);
    await platform.working!(answer, NOW);
    await platform.send(outgoing, NOW);
    expect(feishu.calls.card).toBe(4);
    expect(feishu.sent).toHaveLength(1);
    expect(shown()).toContain('起草议题');
  });

  it('that ends in words only is a card with these words', async () => {
    await platform.working!(answer, NOW);
    await platform.send({ ...outgoing, reply: { text: '消息已撤回，不再作答。' } }, NOW);
    expect(shown()).toContain('消息已撤回，不再作答。');
    expect(shown()).not.toContain('"streaming_mode":true');
  });

  it('is sent as ever where no such card can be had, or where it is gone', async () => {
    feishu.fail('card', { status: 400, code: 99991672 });
    await platform.working!(answer, NOW);
    expect(feishu.sent).toHaveLength(0);
    await platform.working!(answer, NOW);
    feishu.fail('card', { status: 400, code: 200750, times: 3 });
    expect((await platform.send(outgoing, NOW)).kind).toBe('sent');
    expect(feishu.sent).toHaveLength(2);
    expect(feishu.sent[1]).toMatchObject({ to: 'om_question', type: 'interactive', uuid: 'q-1-answer' });
  });
});
