import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feishuClient } from '../../adapters/feishu/client.ts';
import { feishuPlatform } from '../../adapters/feishu/send.ts';
import type { Outgoing } from '../../src/domain/message.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { startFeishu, type Feishu } from '../fakes/feishu-server.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { NOW, settingsFor } from './reading.ts';

const outgoing: Outgoing = {
  key: 'q-1-answer',
  platform: 'feishu',
  app: 'cli_0123456789abcdef',
  conversation: { kind: 'direct', id: 'oc_direct' },
  replyTo: 'om_question',
  reply: { text: '纪要在下面。' },
};
const paper = { name: '会议纪要 D-2026-3.docx', bytes: new TextEncoder().encode('PK docx') };

let feishu: Feishu;
let platform: Platform;
beforeEach(async () => {
  feishu = await startFeishu();
  platform = feishuPlatform(feishuClient(settingsFor(feishu.baseUrl)), memoryNotebook());
});
afterEach(() => feishu.close());

describe('a paper', () => {
  it('follows the words as a file, in reply to the same message', async () => {
    expect((await platform.send(outgoing, NOW, [paper, { ...paper, name: '议程.docx' }])).kind).toBe('sent');
    expect(feishu.sent.map(({ type, to }) => [type, to])).toEqual([
      ['text', 'om_question'],
      ['file', 'om_question'],
      ['file', 'om_question'],
    ]);
    const [first] = [...feishu.uploads.values()];
    expect(first).toMatchObject({ name: '会议纪要 D-2026-3.docx', type: 'stream' });
    expect(new TextDecoder().decode(first!.bytes)).toBe('PK docx');
  });

  it('is sent once, however often it is tried', async () => {
    feishu.fail('upload', { status: 429, code: 99991400 });
    expect((await platform.send(outgoing, NOW, [paper])).kind).toBe('try-later');
    expect((await platform.send(outgoing, NOW + 5000, [paper])).kind).toBe('sent');
    await platform.send(outgoing, NOW + 9000, [paper]);
    expect(feishu.sent.map(({ type }) => type)).toEqual(['text', 'file']);
  });

  it('that cannot be sent is said, and told to the operator', async () => {
    feishu.fail('upload', { status: 400, code: 99991672, msg: 'im:resource' });
    expect(await platform.send(outgoing, NOW, [paper])).toMatchObject({
      kind: 'undeliverable',
      why: expect.stringMatching(/缺少权限.*im:resource/),
    });
    expect(feishu.sent.map(({ content }) => content['text'])).toEqual(['纪要在下面。', '文件没能发出，请向办公室要。']);
  });

  it.each([0, 31 * 1024 * 1024])('of %i bytes is not tried', async (size) => {
    const sent = await platform.send(outgoing, NOW, [{ name: 'a.docx', bytes: new Uint8Array(size) }]);
    expect(sent.kind).toBe('undeliverable');
    expect(feishu.calls.upload).toBe(0);
  });
});

describe('a message quoted', () => {
  const quoted = (more: Record<string, unknown>) => {
    feishu.quotable.set('om_1', {
      message_id: 'om_1',
      msg_type: 'text',
      body: { content: '{"text":"@_user_1 食堂阿姨要走"}' },
      mentions: [{ key: '@_user_1', id: 'ou_wang', name: '王主任' }],
      ...more,
    });
    return platform.textOf!('om_1');
  };

  it('is read as its words, names for mentions', async () => {
    expect(await quoted({})).toBe('王主任 食堂阿姨要走');
  });

  it.each([
    ['taken back', { deleted: true }],
    ['a card', { msg_type: 'interactive', body: { content: '{"title":"x"}' } }],
    ['unreadable', { body: undefined }],
  ])('is nothing when it is %s', async (_, more) => {
    expect(await quoted(more)).toBeUndefined();
  });

  it('is nothing when it is not there, or no message at all', async () => {
    expect(await platform.textOf!('om_2')).toBeUndefined();
    expect(await platform.textOf!('../../contact')).toBeUndefined();
    expect(feishu.calls.read).toBe(1);
  });
});
