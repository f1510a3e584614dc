import { afterEach, beforeEach, expect, it } from 'vitest';
import { wecomRobotPlatform } from '../../adapters/wecom-robot/send.ts';
import type { Outgoing } from '../../src/domain/message.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { startWecom, type Wecom } from '../fakes/wecom-server.ts';
import { NOW } from './reading.ts';

let wecom: Wecom;
let platform: Platform;
const notice = (key: string, reply: Outgoing['reply']): Outgoing => ({
  key,
  platform: 'wecom-robot',
  app: 'robot',
  conversation: { kind: 'group', id: 'robot' },
  reply,
});
const send = (key: string, reply: Outgoing['reply'], now = NOW) => platform.send(notice(key, reply), now);

beforeEach(async () => {
  wecom = await startWecom();
  platform = wecomRobotPlatform({ url: wecom.robotUrl }, memoryNotebook());
});
afterEach(() => wecom.close());

it('says a text, mentioning nobody', async () => {
  expect(await send('k', { text: '<@all> 明天开会' })).toEqual({ kind: 'sent' });
  expect(wecom.sent).toMatchObject([{ how: 'robot', type: 'text', content: '＜@all> 明天开会' }]);
  expect(JSON.stringify(wecom.posted)).not.toContain('mentioned_list');
});

it('says a card as markdown, without its buttons', async () => {
  await send('k', {
    text: '',
    card: {
      title: '会议',
      tone: 'neutral',
      summary: '明天九点',
      sections: [{ heading: '议题', lines: ['# 一', '<@all>'] }],
      actions: [{ id: 'a', label: '去', style: 'default' }],
    },
  });
  expect(wecom.sent).toMatchObject([{ type: 'markdown', content: '**会议**\n明天九点\n**议题**\n＃ 一\n＜@all>' }]);
});

it('says twenty a minute, then waits', async () => {
  for (let n = 0; n < 20; n++) expect((await send(`k${n}`, { text: `${n}` })).kind).toBe('sent');
  expect(await send('k20', { text: '20' })).toMatchObject({ kind: 'try-later', after: NOW + 60_000 });
});

it('goes on with the part that had to wait', async () => {
  wecom.fail('robot', { code: 45009, after: 1 });
  const text = Array.from({ length: 100 }, (_, n) => `第 ${n} 条 ${'字'.repeat(20)}`).join('\n');
  expect((await send('k', { text })).kind).toBe('try-later');
  expect((await send('k', { text }, NOW + 60_000)).kind).toBe('sent');
  expect(new Set(wecom.sent.map(({ content }) => content)).size).toBe(wecom.sent.length);
});

it('hands a file over after the words, uploaded under its own key', async () => {
  const file = { name: '会议纪要.docx', bytes: new Uint8Array([80, 75, 3, 4, 5, 6, 7]) };
  expect(await platform.send(notice('k', { text: '纪要' }), NOW, [file])).toEqual({ kind: 'sent' });
  expect(wecom.sent).toMatchObject([{ type: 'text' }, { type: 'file', content: '会议纪要.docx', how: 'robot' }]);
  expect([...wecom.uploads.values()]).toEqual([file]);
});

it('tells the operator of a dead address without showing it', async () => {
  platform = wecomRobotPlatform({ url: wecom.robotUrl.replace(/key=.*/, 'key=dead-key-123') }, memoryNotebook());
  const sent = await send('k', { text: '好' });
  expect(sent).toMatchObject({ kind: 'undeliverable', why: expect.stringMatching(/Webhook/) });
  expect(JSON.stringify(sent)).not.toContain('dead-key');
});
