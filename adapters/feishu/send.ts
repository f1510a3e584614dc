import type { Outgoing } from '../../src/domain/message.ts';
import type { Platform, Sent } from '../../src/ports/platform.ts';
import { cardContent } from './cards.ts';
import type { FeishuClient, MessageBody } from './client.ts';
import { toldPlainly, verdictOn } from './errors.ts';
import { escapeText, shortened } from './escape.ts';
import type { Answer } from './http.ts';
import { perChat, type Limiter } from './limiter.ts';

/** The request may hold 150 KB; a reader far less. */
const MOST_CHARACTERS = 30_000;
const AT_LEAST_MS = 1000;

/**
 * Says replies in Feishu: a card where there is one, in reply to the message, in its thread. What cannot be had so is
 * said more plainly (card → text, reply → message in the chat) rather than not at all.
 */
export function feishuPlatform(client: FeishuClient, limiter: Limiter = perChat()): Platform {
  return {
    name: 'feishu',
    async send(outgoing, now) {
      const wait = limiter.take(outgoing.conversation.id, now);
      if (wait > 0) return { kind: 'try-later', after: now + wait, why: '本群每秒最多 5 条' };
      return toSent(await say(client, outgoing), now);
    },
  };
}

async function say(client: FeishuClient, outgoing: Outgoing): Promise<Answer> {
  const { reply, conversation, key } = outgoing;
  const content = reply.card && cardContent(reply.card, conversation);
  if (content === undefined) return place(client, outgoing, textBody(reply.text, key));
  const answer = await place(client, outgoing, { msg_type: 'interactive', content, uuid: key });
  if (answer.ok || verdictOn(answer) !== 'as-text') return answer;
  return place(client, outgoing, textBody(reply.text, textKey(key)));
}

/** A key of its own, the same on every try. The end of a key tells steps apart, so a long one loses its beginning. */
const textKey = (key: string) => `t${key.slice(-49)}`;

const textBody = (text: string, uuid: string): MessageBody => ({
  msg_type: 'text',
  content: JSON.stringify({ text: escapeText(shortened(text, MOST_CHARACTERS)) }),
  uuid,
});

async function place(client: FeishuClient, { replyTo, conversation }: Outgoing, body: MessageBody): Promise<Answer> {
  if (replyTo === undefined) return client.create(conversation.id, body);
  const answer = await client.reply(replyTo, body, conversation.thread !== undefined);
  return !answer.ok && verdictOn(answer) === 'plain-send' ? client.create(conversation.id, body) : answer;
}

function toSent(answer: Answer, now: number): Sent {
  if (answer.ok) {
    const data = answer.body['data'] as { message_id?: unknown } | undefined;
    return typeof data?.message_id === 'string' ? { kind: 'sent', messageId: data.message_id } : { kind: 'sent' };
  }
  const why = toldPlainly(answer);
  if (verdictOn(answer) !== 'later') return { kind: 'undeliverable', why };
  return { kind: 'try-later', after: now + Math.max(AT_LEAST_MS, answer.waitMs), why };
}
