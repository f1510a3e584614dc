import { Buffer } from 'node:buffer';
import { createDecipheriv, createHash, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';

/**
 * How Feishu signs and encrypts deliveries.
 * open.feishu.cn › 事件与回调 › 接收事件 › 加密与验签: AES-256-CBC under sha256(Encrypt Key), the IV first, in base64;
 * signature = hex sha256(timestamp + nonce + Encrypt Key + raw body).
 */
export interface EncryptKey {
  readonly text: string;
  /** A key object, made once: handing over raw bytes costs three quarters of the whole decryption on each delivery. */
  readonly aes: KeyObject;
}

export function encryptKeyOf(text: string): EncryptKey {
  return { text, aes: createSecretKey(createHash('sha256').update(text, 'utf8').digest()) };
}

/** The clear text of an `encrypt` field, or nothing when it is not one of ours. Never throws. */
export function decrypt(key: EncryptKey, encrypted: string): string | undefined {
  const bytes = Buffer.from(encrypted, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-cbc', key.aes, bytes.subarray(0, 16));
    return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
  } catch {
    return undefined; // too short, wrong padding, or another key
  }
}

/** Whether `signature` is over exactly these bytes: re-serialised JSON would not do. */
export function isSigned(
  key: EncryptKey,
  timestamp: string,
  nonce: string,
  body: Uint8Array,
  signature: string,
): boolean {
  const hash = createHash('sha256')
    .update(timestamp + nonce + key.text, 'utf8')
    .update(body);
  return sameText(hash.digest('hex'), signature);
}

/** Compares without telling by its duration where two secrets differ; only their length shows. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a, 'utf8');
  const right = Buffer.from(b, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}
