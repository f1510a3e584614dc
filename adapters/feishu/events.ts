import { Buffer } from 'node:buffer';
import { safeParse } from 'zod/mini';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { Looked, Reading, Webhook, WebhookAnswer } from '../../src/ports/platform.ts';
import { decrypt, encryptKeyOf, isSigned, sameText, type EncryptKey } from './crypto.ts';
import { hear, type Heard, type WhoIsBot } from './hear.ts';
import { assertWebhookSecrets, type FeishuSettings } from './settings.ts';
import { envelopeShape, parseJson, type Envelope } from './shapes.ts';

/**
 * Feishu's deliveries over HTTP: POST /feishu/events and POST /feishu/cards, which differ in name only.
 * open.feishu.cn › 事件与回调 › 将事件发送至开发者服务器. Nothing but the check of the address itself is read
 * unsigned, and no setting turns that off.
 */
const LIMIT_BYTES = 256 * 1024;
const SAID_ONCE = { error: { code: 'refused', message: '请求未被接受。' } } as const;

const refused = (status: 400 | 401 | 413, why: string): Reading => ({
  kind: 'refused',
  why,
  answer: { status, body: SAID_ONCE },
});
const ok = (body: unknown): WebhookAnswer => ({ status: 200, body });

export function feishuWebhook(settings: FeishuSettings, bot: WhoIsBot, notebook: Notebook): Webhook {
  assertWebhookSecrets(settings);
  const key = encryptKeyOf(settings.encryptKey);
  const ears = { app: settings.appId, bot, notebook };
  return {
    async read({ headers, body }, now) {
      if (body.byteLength > LIMIT_BYTES) return refused(413, 'size');
      const outer = parseJson(utf8(body));
      if (typeof outer !== 'object' || outer === null || Array.isArray(outer)) return refused(400, 'not a JSON object');
      const fault = signatureFault(headers, body, key, settings.windowMs, now);
      if (fault !== undefined) return addressCheck(outer, key, settings) ?? refused(401, fault);
      const envelope = opened(outer, key);
      if (envelope === 'plain') return refused(401, 'not encrypted');
      if (envelope === 'unreadable') return refused(400, 'unreadable');
      return authentic(envelope, settings) ?? toReading(await hear(envelope, ears, now));
    },
  };
}

const utf8 = (body: Uint8Array) => Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');

/**
 * Timestamp, nonce and key are joined without a separator, so digits could be moved between the first two: hence the
 * fixed form of the timestamp. Whether Feishu signs its retries (up to about 7 hours) anew is not documented, hence
 * the wide window; the inbox remembers what it has seen.
 */
function signatureFault(headers: Looked, body: Uint8Array, key: EncryptKey, windowMs: number, now: number) {
  const timestamp = headers.get('x-lark-request-timestamp') ?? '';
  const signature = headers.get('x-lark-signature') ?? '';
  if (!/^\d{10}$/.test(timestamp) || signature === '') return 'unsigned';
  if (Math.abs(now - Number(timestamp) * 1000) > windowMs) return 'stale';
  const nonce = headers.get('x-lark-request-nonce') ?? '';
  return isSigned(key, timestamp, nonce, body, signature) ? undefined : 'signature';
}

function opened(outer: object, key: EncryptKey): Envelope | 'plain' | 'unreadable' {
  const encrypted = 'encrypt' in outer ? outer.encrypt : undefined;
  if (typeof encrypted !== 'string') return 'plain';
  const read = safeParse(envelopeShape, parseJson(decrypt(key, encrypted) ?? ''));
  return read.success ? read.data : 'unreadable';
}

/** 请求网址校验: the one request Feishu does not sign, plain or encrypted. The Verification Token stands in. */
function addressCheck(outer: object, key: EncryptKey, settings: FeishuSettings): Reading | undefined {
  const inner = opened(outer, key);
  const plain = inner === 'plain' ? safeParse(envelopeShape, outer).data : undefined;
  const envelope = typeof inner === 'object' ? inner : plain;
  return envelope?.type === 'url_verification' ? authentic(envelope, settings) : undefined;
}

/** Refuses what carries another token or belongs to another app, and deals with what is no version 2.0 event. */
function authentic(envelope: Envelope, settings: FeishuSettings): Reading | undefined {
  const { type, challenge, header, schema } = envelope;
  const token = header?.token ?? envelope.token ?? '';
  if (!sameText(token, settings.verificationToken)) return refused(401, 'token');
  if (type === 'url_verification') return { kind: 'handshake', answer: ok({ challenge: challenge ?? '' }) };
  if (schema !== '2.0' || !header) return { kind: 'ignored', why: 'not a version 2.0 event', answer: ok({}) };
  return header.app_id === settings.appId ? undefined : refused(401, 'app');
}

/** Whatever is authentic is acknowledged: Feishu would only repeat it, and hold back the events behind it. */
function toReading(heard: Heard): Reading {
  switch (heard.kind) {
    case 'nothing':
      return { kind: 'ignored', why: heard.why, answer: ok({}) };
    case 'recalled':
      return { kind: 'recalled', ids: [heard.id], answer: ok({}) };
    case 'press':
      return { kind: 'messages', messages: heard.message ? [heard.message] : [], answer: ok(heard.toast) };
    case 'message':
      return { kind: 'messages', messages: [heard.message], answer: ok({}) };
  }
}
