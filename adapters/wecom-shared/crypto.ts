import { Buffer } from 'node:buffer';
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import * as z from 'zod/mini';

/**
 * How WeCom signs and encrypts callbacks. developer.work.weixin.qq.com › 加解密方案说明 (90968): AES-256-CBC, the key
 * from 43 characters of base64, its first 16 bytes as the one IV; plaintext = 16 random bytes, 4 bytes of length, the
 * message, the receiver's id; padded to a multiple of 32. WebCrypto refuses paddings of more than 16, hence node:crypto,
 * which Workers have too.
 */
export interface AesKey {
  readonly key: KeyObject;
  readonly iv: Buffer;
}

const BLOCK = 32;
const HEAD = 20;

/** An EncodingAESKey as the console gives it. */
export const aesKeyShape = () => z.string().check(z.regex(/^[A-Za-z0-9+/]{43}$/));

/** @param encoded the EncodingAESKey: 43 characters. */
export function aesKeyOf(encoded: string): AesKey {
  const bytes = Buffer.from(`${encoded}=`, 'base64');
  return { key: createSecretKey(bytes), iv: bytes.subarray(0, 16) };
}

/** SHA-1 over the four values in the order of their characters. */
export function signatureOf(token: string, timestamp: string, nonce: string, encrypted: string): string {
  const joined = [token, timestamp, nonce, encrypted].sort().join('');
  return createHash('sha1').update(joined, 'utf8').digest('hex');
}

/** The message, or nothing when it is not one of ours; every fault looks the same from outside. Never throws. */
export function decrypt({ key, iv }: AesKey, encrypted: string, receiveId: string): string | undefined {
  const plain = opened(key, iv, Buffer.from(encrypted, 'base64'));
  if (!plain || plain.length < HEAD) return undefined;
  const end = HEAD + plain.readUInt32BE(16);
  if (end > plain.length || !sameBytes(plain.subarray(end), Buffer.from(receiveId, 'utf8'))) return undefined;
  return plain.toString('utf8', HEAD, end);
}

/** A file's content: no head, no length, no receiver. Nothing when the key does not fit. */
export const decryptFile = ({ key, iv }: AesKey, encrypted: Buffer): Buffer | undefined => opened(key, iv, encrypted);

function opened(key: KeyObject, iv: Buffer, bytes: Buffer): Buffer | undefined {
  if (bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > BLOCK || padding > padded.length) return undefined;
  const text = padded.subarray(0, padded.length - padding);
  return padded.subarray(text.length).every((byte) => byte === padding) ? text : undefined;
}

export function encrypt({ key, iv }: AesKey, message: string, receiveId: string): string {
  const text = Buffer.from(message, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([randomBytes(16), length, text, Buffer.from(receiveId, 'utf8')]);
  const padding = BLOCK - (plain.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]).toString(
    'base64',
  );
}

/** Compares without telling by its duration where two secrets differ; only their length shows. */
export const sameText = (a: string, b: string): boolean => sameBytes(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));

const sameBytes = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b);
