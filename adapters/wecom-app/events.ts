import { Buffer } from 'node:buffer';
import { safeParse } from 'zod/mini';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { Delivery, Reading, Webhook } from '../../src/ports/platform.ts';
import { addressCheck, doorOf, LIMIT_BYTES, ok, openedAt, refused, type Door } from '../wecom-shared/door.ts';
import { hear, type Ears } from './hear.ts';
import { appOf, type WecomAppSettings } from './settings.ts';
import { envelopeShape, receivedShape } from './shapes.ts';
import { parseXml } from './xml.ts';

/**
 * The self-built app's callbacks: GET and POST /wecom/app. developer.work.weixin.qq.com › 接收消息与事件 (90238): an
 * answer within 5 seconds or the delivery is repeated, up to three times; so everything is acknowledged at once with an
 * empty body and answered through the API.
 */
export function wecomAppWebhook(settings: WecomAppSettings, notebook: Notebook): Webhook {
  const door = doorOf(settings, settings.corpId);
  const ears = { app: appOf(settings), agentId: settings.agentId, notebook };
  return {
    async read(delivery, now) {
      if (delivery.method === 'GET') return addressCheck(door, delivery.query, now);
      return received(delivery, door, ears, now);
    },
  };
}

async function received({ query, body }: Delivery, door: Door, ears: Ears, now: number): Promise<Reading> {
  if (body.byteLength > LIMIT_BYTES) return refused(413, 'size');
  const xml = parseXml(utf8(body));
  if (xml === undefined) return refused(400, 'not XML');
  const outer = safeParse(envelopeShape, xml);
  if (!outer.success) return refused(401, 'not encrypted');
  const opened = openedAt(door, query, outer.data.Encrypt.trim(), now);
  if (!('text' in opened)) return opened;
  const inner = safeParse(receivedShape, parseXml(opened.text));
  if (!inner.success) return { kind: 'ignored', why: 'unreadable', answer: ok() };
  const heard = await hear(inner.data, ears, now);
  if (heard.kind === 'nothing') return { kind: 'ignored', why: heard.why, answer: ok() };
  return { kind: 'messages', messages: [heard.message], answer: ok() };
}

const utf8 = (body: Uint8Array) => Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
