import type { Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { HandedFile, Platform, Sent } from '../../src/ports/platform.ts';
import { perSecond, type Limiter } from '../shared/limiter.ts';
import { bodiesOf } from './bodies.ts';
import type { FeishuClient, MessageBody } from './client.ts';
import { downloadFrom, uploadedTo } from './files.ts';
import { isPersonGone, toldPlainly, verdictOn } from './errors.ts';
import { followedCards } from './followed.ts';
import type { Answer } from './http.ts';
import { wordsQuoted } from './quoted.ts';
import { streamingCards } from './streaming.ts';

const AT_LEAST_MS = 1000;
/** To one group, from all bots together, and to one person (open.feishu.cn › 频控策略): below it most refusals are spared. */
const PER_SECOND = 5;

/**
 * Says replies in Feishu: a card where there is one, in reply to the message, in its thread; in the place of the pressed
 * card or of the card that said "one moment" where there is one. What cannot be had so is said more plainly (card →
 * text, reply → message in the chat) rather than not at all.
 */
export function feishuPlatform(
  client: FeishuClient,
  notebook: Notebook,
  limiter: Limiter = perSecond(PER_SECOND),
): Platform {
  const followed = followedCards(client, notebook);
  const streaming = streamingCards(client, notebook);

  /** In the place of something that stands there, else as new messages. */
  async function say(outgoing: Outgoing, now: number): Promise<Sent> {
    const begun = await streaming.end(outgoing, now);
    const placed = begun ?? (await followed.inPlace(outgoing, now));
    if (placed?.answer.ok) return { kind: 'sent', messageId: placed.messageId };
    if (placed && !placed.answer.ok && verdictOn(placed.answer) === 'later') return toSent(placed.answer, now);
    return sayAnew(client, outgoing, now);
  }

  return {
    name: 'feishu',
    handsOver: true,
    async send(outgoing, now, files = []) {
      const wait = limiter.take(outgoing.conversation.id, now);
      if (wait > 0) return { kind: 'try-later', after: now + wait, why: `每个会话每秒最多 ${PER_SECOND} 条` };
      const sent = await say(outgoing, now);
      if (sent.kind !== 'sent') return sent;
      if (sent.messageId !== undefined) await followed.sent(outgoing, sent.messageId, now).catch(() => {});
      return handOver(client, outgoing, files, sent, now);
    },
    working: (answer, now) => streaming.begin(answer.key, (body) => place(client, answer, body), now),
    textOf: (message) => wordsQuoted(client, message),
    download: (file, most) => downloadFrom(client, file, most),
  };
}

/** One message after another, each under a key of its own that is the same on every try. */
async function sayAnew(client: FeishuClient, outgoing: Outgoing, now: number): Promise<Sent> {
  const { cards, texts } = bodiesOf(outgoing);
  const said = await sayAll(client, outgoing, cards ?? texts);
  if (cards === undefined || said.ok || verdictOn(said) !== 'as-text') return toSent(said, now);
  return toSent(await sayAll(client, outgoing, texts), now);
}

/** The last answer, or the first that failed. */
async function sayAll(client: FeishuClient, outgoing: Outgoing, bodies: readonly MessageBody[]): Promise<Answer> {
  let answer: Answer | undefined;
  for (const body of bodies) {
    answer = await place(client, outgoing, body);
    if (!answer.ok) return answer;
  }
  return answer!;
}

async function handOver(
  client: FeishuClient,
  outgoing: Outgoing,
  files: readonly HandedFile[],
  sent: Sent,
  now: number,
): Promise<Sent> {
  for (const [at, file] of files.entries()) {
    const uploaded = await uploadedTo(client, file);
    const body = { msg_type: 'file', uuid: `f${at}${outgoing.key.slice(-47)}` } as const;
    const answer = uploaded.ok
      ? await place(client, outgoing, { ...body, content: JSON.stringify({ file_key: uploaded.key }) })
      : uploaded;
    if (!answer.ok && verdictOn(answer) === 'later') return toSent(answer, now);
    if (!answer.ok) return notHandedOver(client, outgoing, toldPlainly(answer));
  }
  return sent;
}

/** The words are out; the person learns that the file is not, the operator why. */
async function notHandedOver(client: FeishuClient, outgoing: Outgoing, why: string): Promise<Sent> {
  const content = JSON.stringify({ text: '文件没能发出，请向办公室要。' });
  await place(client, outgoing, { msg_type: 'text', content, uuid: `n${outgoing.key.slice(-49)}` });
  return { kind: 'undeliverable', why: `文件没能发出：${why}` };
}

type Where = Pick<Outgoing, 'replyTo' | 'conversation'> & Partial<Pick<Outgoing, 'reply'>>;

/** In the thread of the question; a question back and work on a record open one in a group. */
async function place(client: FeishuClient, where: Where, body: MessageBody): Promise<Answer> {
  const { replyTo, conversation } = where;
  if (replyTo === undefined) return client.create(conversation.id, body);
  const opens = conversation.thread === undefined && opensThread(where);
  const answer = await client.reply(replyTo, body, opens || conversation.thread !== undefined);
  if (answer.ok) return answer;
  if (verdictOn(answer) === 'plain-send') return client.create(conversation.id, body);
  // Not every chat takes threads: said without one before it is given up.
  return opens && verdictOn(answer) === 'never' ? client.reply(replyTo, body, false) : answer;
}

const opensThread = ({ conversation, reply }: Where): boolean =>
  conversation.kind === 'group' &&
  reply?.card !== undefined &&
  (reply.card.tone === 'asks' || reply.follows !== undefined);

function toSent(answer: Answer, now: number): Sent {
  if (answer.ok) {
    const data = answer.body['data'] as { message_id?: unknown } | undefined;
    return typeof data?.message_id === 'string' ? { kind: 'sent', messageId: data.message_id } : { kind: 'sent' };
  }
  const why = toldPlainly(answer);
  if (verdictOn(answer) !== 'later') return { kind: 'undeliverable', why, ...(isPersonGone(answer) && { gone: true }) };
  return { kind: 'try-later', after: now + Math.max(AT_LEAST_MS, answer.waitMs), why };
}
