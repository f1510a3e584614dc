import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delivery, envelope, textEvent } from '../fakes/feishu-server.ts';
import { NOW, read, readRaw } from './reading.ts';

const kinds = ['messages', 'handshake', 'ignored', 'refused'];
const json = fc.jsonValue({ maxDepth: 4 });
const eventType = fc.constantFrom('im.message.receive_v1', 'card.action.trigger');

/** A good event with a few of its parts replaced by anything. */
const damaged = fc.record({
  message: fc.dictionary(
    fc.constantFrom(
      'content',
      'mentions',
      'message_type',
      'chat_type',
      'create_time',
      'message_id',
      'thread_id',
      '__proto__',
    ),
    json,
  ),
  header: fc.dictionary(fc.constantFrom('event_id', 'create_time', 'event_type'), json),
});

describe('whatever arrives', () => {
  it('is read or refused, never thrown at us', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.dictionary(
          fc.constantFrom('x-lark-signature', 'x-lark-request-timestamp', 'x-lark-request-nonce'),
          fc.stringMatching(/^[\x21-\x7e]*$/),
        ),
        async (body, headers) => {
          expect((await readRaw(body, headers)).kind).toBe('refused');
        },
      ),
    );
  });

  it('inside a signed event, too', async () => {
    await fc.assert(
      fc.asyncProperty(eventType, json, async (type, event) => {
        expect(kinds).toContain((await read(envelope(type, event))).kind);
        expect(kinds).toContain((await read(event)).kind);
      }),
    );
  });

  it('in the place of a good part, too', async () => {
    await fc.assert(
      fc.asyncProperty(damaged, async ({ message, header }) => {
        expect(kinds).toContain(
          (await read(textEvent('谁来定', message, header as object as Record<string, string>))).kind,
        );
      }),
    );
  });
});

describe('an event without our signature', () => {
  it('is never taken in, encrypted or not', async () => {
    await fc.assert(
      fc.asyncProperty(json, fc.boolean(), fc.constantFrom(false, 'wrong' as const), async (inner, encrypt, sign) => {
        const reading = await read({ ...textEvent('谁来定'), event: inner }, { encrypt, sign });
        expect(reading).toMatchObject({ kind: 'refused', answer: { status: 401 } });
      }),
    );
  });

  it('is never taken in after a single byte was changed', async () => {
    const { headers, body } = delivery(textEvent('谁来定'), { now: NOW });
    const bytes = new TextEncoder().encode(body);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const tampered = bytes.map((byte, index) => (index === at ? byte ^ change : byte));
        expect((await readRaw(tampered, headers)).kind).toBe('refused');
      }),
    );
  });
});
