import type { Looked, Reading, WebhookAnswer } from '../../src/ports/platform.ts';
import { aesKeyOf, decrypt, sameText, signatureOf, type AesKey } from './crypto.ts';

/**
 * The door that both WeCom callbacks come through: query `msg_signature`, `timestamp`, `nonce`, and either `echostr`
 * (GET, the check of the address) or an encrypted body. developer.work.weixin.qq.com › 回调配置 (90930). Nothing is
 * read unsigned, and no setting turns that off.
 */
export interface Door {
  readonly token: string;
  readonly key: AesKey;
  /** The corp's id for an app; empty for an internal AI bot. */
  readonly receiveId: string;
  readonly windowMs: number;
}

interface DoorSettings {
  readonly token: string;
  readonly aesKey: string;
  readonly windowMs: number;
}

export const doorOf = ({ token, aesKey, windowMs }: DoorSettings, receiveId: string): Door => ({
  token,
  key: aesKeyOf(aesKey),
  receiveId,
  windowMs,
});

export const LIMIT_BYTES = 256 * 1024;
const SAID_ONCE = { error: { code: 'refused', message: '请求未被接受。' } } as const;

export const refused = (status: 400 | 401 | 413, why: string): Reading => ({
  kind: 'refused',
  why,
  answer: { status, body: SAID_ONCE },
});

/** Whatever is authentic is acknowledged, with an empty body when there is nothing to say. */
export const ok = (body: unknown = ''): WebhookAnswer => ({ status: 200, body });

export type Opened = { readonly text: string } | Reading;

/** Verifies and decrypts one encrypted text; a {@link Reading} is the refusal. */
export function openedAt(door: Door, query: Looked, encrypted: string, now: number): Opened {
  const [timestamp, nonce, signature] = ['timestamp', 'nonce', 'msg_signature'].map((name) => query.get(name) ?? '');
  if (!/^\d{10}$/.test(timestamp!) || signature === '') return refused(401, 'unsigned');
  if (Math.abs(now - Number(timestamp) * 1000) > door.windowMs) return refused(401, 'stale');
  if (!sameText(signatureOf(door.token, timestamp!, nonce!, encrypted), signature!)) return refused(401, 'signature');
  const text = decrypt(door.key, encrypted, door.receiveId);
  return text === undefined ? refused(401, 'not for us') : { text };
}

/** The check of the address: the decrypted text comes back bare. A `+` not escaped in the query has become a blank. */
export function addressCheck(door: Door, query: Looked, now: number): Reading {
  const echo = (query.get('echostr') ?? '').replaceAll(' ', '+');
  const opened = openedAt(door, query, echo, now);
  return 'text' in opened ? { kind: 'handshake', answer: ok(opened.text) } : opened;
}
