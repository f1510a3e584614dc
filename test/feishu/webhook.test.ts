import { describe, expect, it } from 'vitest';
import { encryptFor, envelope, FEISHU_APP, pressEvent, textEvent } from '../fakes/feishu-server.ts';
import { fixture, NOW, read, readRaw } from './reading.ts';

const TWO_DAYS_S = 2 * 24 * 3600;
const event = textEvent('谁来定');
const withToken = (token: string) => ({ ...event, header: { ...event.header, token } });
const check = (token: string) => ({ type: 'url_verification', challenge: 'ajls384k', token });
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a delivery is refused', () => {
  it.each([
    ['in plain text without a token', withToken(''), { encrypt: false, sign: false }],
    ['in plain text', event, { encrypt: false, sign: false }],
    ['in plain text, even when signed', event, { encrypt: false }],
    ['encrypted but unsigned', event, { sign: false }],
    ['signed with another key', event, { sign: 'wrong' }],
    ['two days old', event, { ageSeconds: TWO_DAYS_S }],
    ['two days ahead', event, { ageSeconds: -TWO_DAYS_S }],
    ['with another token', withToken('guess'), {}],
    ['for another app', envelope('im.message.receive_v1', {}, { app_id: 'cli_other' }), {}],
  ] as const)('with 401 when it is %s', async (_, delivered, options) => {
    const reading = await read(delivered, options);
    expect(reading).toMatchObject({ kind: 'refused', answer: { status: 401 } });
  });

  it('with the same small body whatever the reason', async () => {
    const [wrong, stale, junk] = [
      await read(event, { sign: 'wrong' }),
      await read(event, { ageSeconds: TWO_DAYS_S }),
      await readRaw(bytes('not json')),
    ];
    const body = { error: { code: 'refused', message: expect.any(String) } };
    expect([wrong.answer.body, stale.answer.body, junk.answer.body]).toEqual([body, body, body]);
    expect(stale.answer).toEqual(wrong.answer);
  });

  it.each(['', 'not json', '[]', '"text"', 'null', '[['.repeat(100_000)])(
    'with 400 when it cannot be read',
    async (body) => {
      expect(await readRaw(bytes(body))).toMatchObject({ kind: 'refused', answer: { status: 400 } });
    },
  );

  it('with 400 when it is signed but does not decrypt', async () => {
    const short = { encrypt: Buffer.alloc(15).toString('base64') };
    expect(await read(short, { encrypt: false })).toMatchObject({ kind: 'refused', answer: { status: 400 } });
  });

  it('with 413 over 256 KB, before anything is looked at', async () => {
    expect(await readRaw(new Uint8Array(256 * 1024 + 1))).toMatchObject({ kind: 'refused', answer: { status: 413 } });
  });

  it('when digits were moved from the nonce to the timestamp', async () => {
    const headers = { 'x-lark-request-timestamp': '17672256001', 'x-lark-request-nonce': '', 'x-lark-signature': 'a' };
    expect(await readRaw(bytes(JSON.stringify({ encrypt: 'AAAA' })), headers)).toMatchObject({ why: 'unsigned' });
  });
});

describe('a delivery is taken in', () => {
  it('when encrypted and signed, each time with the same id', async () => {
    const [first, repeat] = [await read(event), await read(event)];
    expect(first).toMatchObject({ kind: 'messages', answer: { status: 200, body: {} } });
    expect(repeat).toEqual(first);
  });

  it('under one id when the platform repeats the message as another event', async () => {
    const message = { message_id: 'om_same' };
    const [a, b] = [await read(textEvent('谁来定', message)), await read(textEvent('谁来定', message))];
    const id = `feishu:${FEISHU_APP.appId}:om_same`;
    expect([a, b]).toMatchObject([{ messages: [{ id }] }, { messages: [{ id }] }]);
  });

  it('when Feishu comes back after its longest pause', async () => {
    expect(await read(event, { ageSeconds: 7 * 3600 + 6 * 60 })).toMatchObject({ kind: 'messages' });
  });

  it('when its JSON is laid out over several lines', async () => {
    expect(await read(event, { pretty: true })).toMatchObject({ kind: 'messages' });
  });

  it('and a press is answered with a toast', async () => {
    const reading = await read(pressEvent({ action: 'confirm' }));
    expect(reading).toMatchObject({ kind: 'messages', answer: { status: 200, body: { toast: { type: 'info' } } } });
  });

  it.each(['version-1', 'image-group', 'from-a-bot'])('but %s is only acknowledged', async (name) => {
    expect(await read(fixture(name))).toMatchObject({ kind: 'ignored', answer: { status: 200, body: {} } });
  });

  it.each([{}, { action: '' }, 'confirm', null, []])(
    'but a press of a foreign card is only acknowledged',
    async (value) => {
      expect(await read(pressEvent(value))).toMatchObject({ kind: 'ignored', answer: { status: 200 } });
    },
  );
});

describe('the check of the address', () => {
  it.each([
    ['plain', { encrypt: false, sign: false }],
    ['encrypted', { sign: false }],
    ['encrypted and signed', {}],
  ])('is answered, %s, when it carries our token', async (_, options) => {
    const reading = await read(check(FEISHU_APP.verificationToken), options);
    expect(reading).toEqual({ kind: 'handshake', answer: { status: 200, body: { challenge: 'ajls384k' } } });
  });

  it.each([{ encrypt: false, sign: false }, { sign: false }, {}])('is refused with another token', async (options) => {
    expect(await read(check('guess'), options)).toMatchObject({ kind: 'refused', answer: { status: 401 } });
  });

  it('is refused when encrypted with another key', async () => {
    const body = JSON.stringify({ encrypt: encryptFor('other', JSON.stringify(check(FEISHU_APP.verificationToken))) });
    expect(await readRaw(bytes(body))).toMatchObject({ answer: { status: 401 } });
  });
});

it('takes the time of reading from its caller', async () => {
  expect(await read(event)).toMatchObject({ messages: [{ receivedAt: NOW }] });
});
