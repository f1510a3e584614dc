import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decrypt, encryptKeyOf, isSigned, sameText } from '../../adapters/feishu/crypto.ts';
import { encryptFor } from '../fakes/feishu-server.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('Feishu encryption', () => {
  it('opens the sample of the documentation', () => {
    expect(decrypt(encryptKeyOf('test key'), 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=')).toBe('hello world');
  });

  it('opens whatever was encrypted with its key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 1 }), (text, key) => {
        expect(decrypt(encryptKeyOf(key), encryptFor(key, text))).toBe(text);
      }),
    );
  });

  it.each(['', 'AAAA', 'not base64 at all!', Buffer.alloc(15).toString('base64'), Buffer.alloc(16).toString('base64')])(
    'finds nothing in %j, and does not throw',
    (encrypted) => expect(decrypt(encryptKeyOf('test key'), encrypted)).toBeUndefined(),
  );
});

describe('Feishu signature', () => {
  const key = encryptKeyOf('test key');
  const signature = 'df0379b23d165efded73cd721ba9f819ccd66f8bc4f5d351fa5b19627c3e362f';

  it('is over timestamp, nonce, key and the raw bytes', () => {
    expect(isSigned(key, '1700000000', 'nonce', bytes('{"a": 1}'), signature)).toBe(true);
  });

  it.each([
    ['another timestamp', '1700000001', 'nonce', '{"a": 1}'],
    ['another nonce', '1700000000', 'nonces', '{"a": 1}'],
    ['the same JSON in other bytes', '1700000000', 'nonce', '{"a":1}'],
  ])('does not fit %s', (_, timestamp, nonce, body) => {
    expect(isSigned(key, timestamp, nonce, bytes(body), signature)).toBe(false);
  });

  it('compares texts of any length without throwing', () => {
    expect(sameText('秘密', '秘密')).toBe(true);
    expect(sameText('秘密', '秘')).toBe(false);
    expect(sameText('', 'x')).toBe(false);
  });
});
