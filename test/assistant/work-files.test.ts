import { describe, expect, it } from 'vitest';
import { type Work, workOnce } from '../../src/assistant/answer-messages.ts';
import type { InboundMessage, Outgoing } from '../../src/domain/message.ts';
import { fileIn } from '../../adapters/shared/files.ts';
import { bytesOf } from '../library/make-files.ts';
import { startService } from '../fakes/service.ts';

const TEXT = '甲县第一中学望远镜借用办法\n第一条 望远镜借出不超过七日。\n第二条 由管理员验收。';
const NOW = Date.parse('2026-11-20T09:00:00+08:00');
const message = (id: string, over: Partial<InboundMessage>): InboundMessage => ({
  id,
  platform: 'feishu',
  app: 'app',
  conversation: { kind: 'direct', id: `oc_${id}` },
  from: 'ou_keeper',
  text: '',
  addressed: true,
  messageId: id,
  sentAt: NOW,
  receivedAt: NOW,
  ...over,
});
const file = { name: '办法.txt', key: 'k' };

/** The work loop with a platform that hands out a text; tells in which order things were said and fetched. */
function start() {
  const order: string[] = [];
  const said: Outgoing[] = [];
  const platform = {
    name: 'feishu' as const,
    send: async (outgoing: Outgoing) => {
      said.push(outgoing);
      order.push(`say ${outgoing.replyTo}`);
      return { kind: 'sent' as const };
    },
    download: async () => {
      order.push('fetch');
      return { kind: 'file' as const, bytes: bytesOf(TEXT) };
    },
  };
  let now = NOW;
  const { work } = startService({}, { platforms: new Map([['feishu', platform]]), now: () => now });
  const keep = (m: InboundMessage) => work.store.keep('demo', m);
  const text = (id: string) => said.find((o) => o.replyTo === id)?.reply.text;
  return { work, keep, order, text, wait: (ms: number) => void (now += ms) };
}

describe('files in the work loop', () => {
  it('wait until those who only ask have their answer', async () => {
    const { work, keep, order, text } = start();
    await keep(message('file', { file }));
    await keep(message('asks', { text: '帮助', receivedAt: NOW + 1 }));
    await workOnce(work);
    expect(order).toEqual(['say asks', 'fetch', 'say file']);
    expect(text('file')).toContain('已放进文件库：《甲县第一中学望远镜借用办法》');
  });

  it('in a group are sent to the direct chat, unfetched', async () => {
    const { work, keep, order, text } = start();
    await keep(message('file', { file, conversation: { kind: 'group', id: 'oc_group' } }));
    await workOnce(work);
    expect([order, text('file')]).toEqual([['say file'], '文件请私聊发给我：群里不是人人都能看的地方。']);
  });

  it('that ended the process twice are not read a third time', async () => {
    const { work, keep, order, text, wait } = start();
    await keep(message('file', { file }));
    const killed: Work = { ...work, intake: { ...work.intake!, rolesOf: () => Promise.reject(new Error('killed')) } };
    for (let n = 0; n < 2; n++, wait(61_000)) await workOnce(killed);
    await workOnce(work);
    expect(order).toEqual(['say file']);
    expect(text('file')).toContain('（document-too-costly）');
  });
});

describe('a task list in the work loop', () => {
  const CSV = '编号,目标任务,推进措施,完成时限,责任主体\n1,完成1号楼防水维修并验收,招标后施工,2026-12-25,陶主任\n';

  it('is imported for the member who sent it, as in the web chat', async () => {
    const said: Outgoing[] = [];
    const platform = {
      name: 'web' as const,
      send: async (outgoing: Outgoing) => (said.push(outgoing), { kind: 'sent' as const }),
      download: async () => ({ kind: 'file' as const, bytes: bytesOf(CSV) }),
    };
    const { work } = startService({}, { platforms: new Map([['web', platform]]), now: () => NOW });
    const list = {
      platform: 'web',
      app: 'demo',
      from: 'office',
      conversation: { kind: 'direct', id: 'office' },
    } as const;
    await work.store.keep('demo', message('list', { ...list, file: { name: '整改清单.csv', key: 'k' } }));
    await workOnce(work);
    expect(said.find((o) => o.replyTo === 'list')?.reply.text).toContain('《整改清单》已导入：新增 1 项');
    expect((await work.office.ledgers.forSchool('demo').get('resolution', 'R1'))?.owner).toBe('dean');
  });
});

describe('a file in an HTTP answer', () => {
  const answer = (disposition: string) =>
    new Response('abc', disposition ? { headers: { 'content-disposition': disposition } } : {});
  it.each([
    ['attachment; filename="a.docx"', 'a.docx'],
    [`attachment; filename="x"; filename*=UTF-8''%E5%8A%9E%E6%B3%95.docx`, '办法.docx'],
    ['attachment; filename=%E5%8A%9E%E6%B3%95.docx', '办法.docx'],
    [`attachment; filename="${Buffer.from('办法.docx').toString('latin1')}"`, '办法.docx'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="%E0%A4%A"', undefined],
    ['', undefined],
  ])('%s is called %s', async (disposition, name) => {
    expect(await fileIn(answer(disposition), 10)).toEqual({
      kind: 'file',
      bytes: bytesOf('abc'),
      ...(name && { name }),
    });
  });
  it('is given up as soon as it is longer than allowed', async () => {
    expect(await fileIn(answer(''), 2)).toEqual({ kind: 'too-large' });
  });
});
