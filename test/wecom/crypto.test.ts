import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aesKeyOf, decrypt, encrypt, sameText, signatureOf } from '../../adapters/wecom-shared/crypto.ts';
import { decryptFrom, encryptFor, WECOM_APP } from './deliveries.ts';

/** The sample of developer.work.weixin.qq.com › 加解密方案 (90968): public test data of the vendor's. */
const SAMPLE = {
  token: 'QDG6eK',
  corp: 'wx5823bf96d3bd56c7',
  key: aesKeyOf('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'),
  echo: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
  message:
    'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
};

const key = aesKeyOf(WECOM_APP.aesKey);

describe('WeCom encryption', () => {
  it('opens the check of the address of the documentation', () => {
    expect(decrypt(SAMPLE.key, SAMPLE.echo, SAMPLE.corp)).toBe('1616140317555161061');
    expect(signatureOf(SAMPLE.token, '1409659589', '263014780', SAMPLE.echo)).toBe(
      '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    );
  });

  it('opens the message of the documentation, whose padding is 30', () => {
    const xml = decrypt(SAMPLE.key, SAMPLE.message, SAMPLE.corp);
    expect(xml).toContain('<Content><![CDATA[hello]]></Content>');
    expect(xml).toContain('4561255354251345929');
    expect(signatureOf(SAMPLE.token, '1409659813', '1372623149', SAMPLE.message)).toBe(
      '477715d11cdb4164915debcba66cb864d751f3e6',
    );
  });

  it('opens nothing meant for another receiver', () => {
    expect(decrypt(SAMPLE.key, SAMPLE.message, 'wx5823bf96d3bd56c8')).toBeUndefined();
    expect(decrypt(SAMPLE.key, SAMPLE.message, '')).toBeUndefined();
  });

  it('opens every padding from 1 to 32, and what it closed itself', () => {
    for (let length = 0; length < 33; length++) {
      const text = 'x'.repeat(length);
      expect(decrypt(key, encryptFor(WECOM_APP.aesKey, text, 'ww1'), 'ww1')).toBe(text);
      expect(decryptFrom(WECOM_APP.aesKey, encrypt(key, text, ''))).toBe(text);
    }
  });

  it('opens whatever was encrypted with its key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, id) => {
        expect(decrypt(key, encryptFor(WECOM_APP.aesKey, text, id), id)).toBe(text);
      }),
    );
  });

  it('finds nothing in junk, and does not throw', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        (bytes) => void expect(decrypt(key, Buffer.from(bytes).toString('base64'), 'ww1')).toBeUndefined(),
      ),
    );
    for (const text of ['', 'AAAA', 'not base64 at all!']) expect(decrypt(key, text, 'ww1')).toBeUndefined();
  });

  it('believes no length beyond the data', () => {
    const bytes = Buffer.from(encryptFor(WECOM_APP.aesKey, 'hello', 'ww1'), 'base64');
    // CBC: a bit turned in the first block turns the same bit of the second, where the length stands.
    bytes[0]! ^= 0x40;
    expect(decrypt(key, bytes.toString('base64'), 'ww1')).toBeUndefined();
  });

  it('compares texts of any length without throwing', () => {
    expect([sameText('秘密', '秘密'), sameText('秘密', '秘'), sameText('', 'x')]).toEqual([true, false, false]);
  });
});
