import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workOnce, type Work } from '../../src/assistant/answer-messages.ts';
import { markedLate } from '../../src/assistant/late.ts';
import type { Outgoing } from '../../src/domain/message.ts';
import type { Archive } from '../../src/ports/archive.ts';
import { demoSchool, startService } from '../fakes/service.ts';

const NOON = Date.parse('2026-11-20T12:00:00+08:00');
const MINUTE = 60_000;

let now: number;
let work: Work;
let sent: Outgoing[];
let logged: { event: string; fields: Readonly<Record<string, unknown>> | undefined }[];
let failing: boolean;

beforeEach(() => {
  [now, sent, logged, failing] = [NOON, [], [], true];
  const archive = {
    keepAnswer: () => (failing ? Promise.reject(new Error('disk I/O error')) : Promise.resolve()),
  } as unknown as Archive;
  const send = async (outgoing: Outgoing) => (sent.push(outgoing), { kind: 'sent' as const });
  work = startService(
    {},
    {
      archive,
      now: () => now,
      platforms: new Map([['feishu', { name: 'feishu', send }]]),
      log: (event, fields) => void logged.push({ event, fields }),
    },
  ).work;
});
afterEach(() => work.store.close());

const asks = (id: string, text: string) =>
  work.store.keep(demoSchool.id, {
    id: `feishu:cli:${id}`,
    platform: 'feishu',
    app: 'cli',
    conversation: { kind: 'direct', id: 'oc_1' },
    from: 'ou_1',
    text,
    addressed: true,
    messageId: id,
    sentAt: now,
    receivedAt: now,
  });

describe('a question that cannot be answered', () => {
  it('is apologised for with the reference of the log when its tries are used up, and not answered later', async () => {
    await asks('om_1', '招一名编外保安要上党委会吗');
    for (let n = 0; n < 5; n++, now += MINUTE + 1) await workOnce(work);
    expect(sent).toHaveLength(1);
    const reference = /编号 ([0-9a-f]{8})/.exec(sent[0]!.reply.text)![1];
    const failures = logged.filter(({ event }) => event === 'answer-failed');
    expect(failures.map(({ fields }) => fields!['reference'])).toEqual(Array(5).fill(reference));
    failing = false;
    for (let n = 0; n < 10; n++, now += MINUTE) await workOnce(work);
    expect(sent).toHaveLength(1);
  });

  it('is answered when what failed is mended before', async () => {
    await asks('om_1', '招一名编外保安要上党委会吗');
    await workOnce(work);
    failing = false;
    now += MINUTE + 1;
    await workOnce(work);
    expect(sent.map(({ reply }) => /校长办公会/.test(reply.text))).toEqual([true]);
    expect(sent[0]!.reply.text).not.toContain('迟到');
  });

  it('keeps none of those that came with it from being answered', async () => {
    await asks('om_1', '招一名编外保安要上党委会吗');
    await asks('om_2', '帮助');
    await workOnce(work);
    expect(sent.map(({ replyTo }) => replyTo)).toEqual(['om_2']);
  });
});

describe('what was held up', () => {
  const card = { title: '采购', tone: 'settled', summary: '由校长办公会议决定', sections: [], actions: [] } as const;
  const answer: Outgoing = {
    key: 'k',
    platform: 'feishu',
    app: 'cli',
    conversation: { kind: 'direct', id: 'oc_1' },
    replyTo: 'om_1',
    askedAt: NOON,
    reply: { text: '答复', card },
  };

  it('says so where it is read first: in the text, on the card, before a model’s words', () => {
    const { reply } = markedLate(answer, NOON, NOON + 60 * MINUTE);
    expect([reply.text, reply.card!.summary]).toEqual(['（迟到的回复）答复', '（迟到的回复）由校长办公会议决定']);
    const worded = { ...answer, reply: { ...answer.reply, worded: '请校长办公会定。' } };
    const marked = markedLate(worded, NOON, NOON + 60 * MINUTE).reply;
    expect([marked.worded, marked.card!.summary]).toEqual(['（迟到的回复）请校长办公会定。', card.summary]);
  });

  it('counts from the question, whenever the answer was made; unasked, from when it was to be said', () => {
    expect(markedLate(answer, NOON + 6 * MINUTE, NOON + 6 * MINUTE).reply.text).toContain('迟到的回复');
    expect(markedLate(answer, NOON, NOON + 5 * MINUTE)).toBe(answer);
    const { askedAt: _, replyTo: __, ...notice } = answer;
    expect(markedLate(notice, NOON, NOON + 6 * MINUTE).reply.text).toBe('（迟到的消息）答复');
    expect(markedLate(notice, NOON + 2 * MINUTE, NOON + 6 * MINUTE)).toBe(notice);
  });
});
