import { Buffer } from 'node:buffer';
import { safeParse } from 'zod/mini';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { Delivery, Looked, Reading, Webhook, WebhookAnswer } from '../../src/ports/platform.ts';
import { encrypt, signatureOf } from '../wecom-shared/crypto.ts';
import { addressCheck, doorOf, LIMIT_BYTES, ok, openedAt, refused, type Door } from '../wecom-shared/door.ts';
import { afterPress } from '../wecom-shared/sent-cards.ts';
import { firstWelcome } from '../wecom-shared/welcome.ts';
import { hear, type Ears, type Heard } from './hear.ts';
import type { CallbackSettings } from './settings.ts';
import { bodyShape, envelopeShape, parseJson, type Body } from './shapes.ts';
import { firstFrame, streamIdOf, streamsIn } from './streams.ts';

/**
 * The AI bot's callbacks: GET and POST /wecom/aibot. developer.work.weixin.qq.com › 智能机器人 › 被动回复消息 (101031):
 * JSON in and out, encrypted both ways, an empty receiver's id. A question is answered with the first frame of a stream
 * whose rest the client fetches.
 */
interface Ways {
  readonly door: Door;
  readonly ears: Ears;
  readonly notebook: Notebook;
  readonly welcome: string;
}

export function wecomAibotWebhook(settings: CallbackSettings, notebook: Notebook, welcome: string): Webhook {
  const { botId, name } = settings;
  const ears = { botId, notebook, ...(name === undefined ? {} : { name }) };
  const ways = { door: doorOf(settings, ''), ears, notebook, welcome };
  return {
    async read(delivery, now) {
      if (delivery.method === 'GET') return addressCheck(ways.door, delivery.query, now);
      return received(delivery, ways, now);
    },
  };
}

async function received({ query, body }: Delivery, ways: Ways, now: number): Promise<Reading> {
  if (body.byteLength > LIMIT_BYTES) return refused(413, 'size');
  const json = parseJson(utf8(body));
  if (typeof json !== 'object' || json === null) return refused(400, 'not a JSON object');
  const outer = safeParse(envelopeShape, json);
  if (!outer.success) return refused(401, 'not encrypted');
  const opened = openedAt(ways.door, query, outer.data.encrypt, now);
  if (!('text' in opened)) return opened;
  const inner = safeParse(bodyShape, parseJson(opened.text));
  if (!inner.success) return { kind: 'ignored', why: 'unreadable', answer: ok() };
  const heard = await hear(inner.data, ways.ears, inner.data.msgid, now);
  return answered(heard, inner.data, ways, (said) => sealed(ways.door, query, said), now);
}

type Seal = (said: unknown) => WebhookAnswer;

async function answered(
  heard: Heard,
  body: Body,
  { notebook, welcome, ears: { botId } }: Ways,
  seal: Seal,
  now: number,
): Promise<Reading> {
  const streams = streamsIn(notebook);
  switch (heard.kind) {
    case 'message': {
      const id = streamIdOf(heard.message.messageId);
      await streams.open(id, body.response_url ?? undefined, now);
      return { kind: 'messages', messages: [heard.message], answer: seal(firstFrame(id)) };
    }
    case 'press': {
      await streams.open(streamIdOf(heard.message.messageId), body.response_url ?? undefined, now);
      const card = await afterPress(notebook, heard.task, heard.pressed.key, heard.pressed.values, now);
      const answer = card ? seal({ response_type: 'update_template_card', template_card: card }) : ok();
      return { kind: 'messages', messages: [heard.message], answer };
    }
    case 'poll':
      return { kind: 'handshake', answer: seal(await streams.frame(heard.stream, now)) };
    case 'entered': {
      const first = await firstWelcome(notebook, botId, heard.member, now);
      return { kind: 'handshake', answer: first ? seal({ msgtype: 'text', text: { content: welcome } }) : ok() };
    }
    case 'nothing':
      return { kind: 'ignored', why: heard.why, answer: ok() };
  }
}

function sealed({ key, token, receiveId }: Door, query: Looked, said: unknown): WebhookAnswer {
  const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
  const encrypted = encrypt(key, JSON.stringify(said), receiveId);
  return ok({
    encrypt: encrypted,
    msgsignature: signatureOf(token, timestamp, nonce, encrypted),
    timestamp: Number(timestamp),
    nonce,
  });
}

const utf8 = (body: Uint8Array) => Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
