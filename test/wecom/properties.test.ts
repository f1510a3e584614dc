import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wecomAppWebhook } from '../../adapters/wecom-app/events.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { aibotDelivery, aibotText, appDelivery, textXml } from './deliveries.ts';
import { fuzz } from './fuzz.ts';
import { appSettings, botHook, messageIn, NOW, readApp, readBot } from './reading.ts';

const kinds = ['messages', 'handshake', 'ignored', 'refused'];
const app = wecomAppWebhook(appSettings(), memoryNotebook());
const bot = botHook();
const hooks = { app, bot };
const raw = (hook: keyof typeof hooks, body: Uint8Array, query: URLSearchParams, method: 'GET' | 'POST' = 'POST') =>
  hooks[hook].read({ method, query, headers: new Headers(), body }, NOW);

const names = fc.constantFrom('msg_signature', 'timestamp', 'nonce', 'echostr', 'x');
const method = fc.constantFrom('GET' as const, 'POST' as const);
const both = fc.constantFrom('app' as const, 'bot' as const);

/** Any tree of elements, some with WeCom's names. */
const { xml } = fc.letrec<{ xml: string; node: string }>((tie) => ({
  node: fc.oneof({ maxDepth: 4 }, fc.string(), tie('xml')),
  xml: fc
    .tuple(
      fc.constantFrom('xml', 'MsgType', 'Event', 'FromUserName', 'Content', 'SelectedItems', 'constructor'),
      fc.array(tie('node'), { maxLength: 3 }),
    )
    .map(([tag, inner]) => `<${tag}>${inner.join('')}</${tag}>`),
}));

describe('whatever arrives', () => {
  it('is refused, never thrown at us', async () => {
    await fc.assert(
      fc.asyncProperty(
        both,
        method,
        fc.uint8Array({ maxLength: 300 }),
        fc.dictionary(names, fc.string()),
        async (hook, verb, body, query) => {
          expect((await raw(hook, body, new URLSearchParams(query), verb)).kind).toBe('refused');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('inside a signed callback is read or left alone', async () => {
    await fc.assert(
      fc.asyncProperty(xml, fc.jsonValue({ maxDepth: 4 }), async (tree, json) => {
        expect(kinds).toContain((await readApp(tree)).kind);
        expect(kinds).toContain((await readBot(json)).kind);
      }),
      { numRuns: 200 },
    );
  });

  it('in the place of a good part, too', async () => {
    const part = fc.constantFrom(
      'msgid',
      'from',
      'text',
      'chattype',
      'chatid',
      'msgtype',
      'quote',
      'event',
      'stream',
      'response_url',
      '__proto__',
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(part, fc.jsonValue({ maxDepth: 3 })), async (parts) => {
        expect(kinds).toContain((await readBot(aibotText('谁来定', parts))).kind);
      }),
    );
  });
});

describe('a callback without our signature', () => {
  it('is never taken in, whatever else is wrong with it, and leaves nothing behind', async () => {
    const notebook = memoryNotebook();
    const watched = { app: wecomAppWebhook(appSettings(), notebook), bot: botHook(notebook) };
    expect(await fuzz(watched, 5000, 20261121)).toEqual({ kinds: { refused: 5000 }, thrown: [] });
    expect(notebook.notes.size).toBe(0);
  });

  it('is never taken in after a single byte was changed', async () => {
    const deliveries = {
      app: appDelivery(textXml('谁来定'), { now: NOW }),
      bot: aibotDelivery(aibotText('谁来定'), { now: NOW }),
    };
    await fc.assert(
      fc.asyncProperty(both, fc.nat(), fc.integer({ min: 1, max: 255 }), async (hook, at, change) => {
        const { query, body } = deliveries[hook];
        const bytes = Buffer.from(body);
        const [start, end] =
          hook === 'app'
            ? [body.indexOf('CDATA[', body.indexOf('<Encrypt>')) + 6, body.indexOf(']]></Encrypt>')]
            : [12, body.length - 2];
        const index = start + (at % (end - start));
        bytes[index]! ^= change;
        expect((await raw(hook, bytes, query)).kind).toBe('refused');
      }),
    );
  });

  it('is never taken in under another timestamp or nonce', async () => {
    const { query, body } = appDelivery(textXml('谁来定'), { now: NOW });
    for (const name of ['timestamp', 'nonce', 'msg_signature']) {
      const other = new URLSearchParams(query);
      other.set(name, `${other.get(name)!.slice(0, -1)}${other.get(name)!.endsWith('1') ? '2' : '1'}`);
      expect((await raw('app', Buffer.from(body), other)).kind).toBe('refused');
    }
  });
});

it('keeps every text as it was written', async () => {
  const written = fc.string({
    unit: fc.constantFrom('0', '7', '<', '>', '&', ';', ']', '[', '!', '字', '😀', 'a', '.'),
  });
  await fc.assert(
    fc.asyncProperty(written, async (text) => {
      expect(messageIn(await readApp(textXml(text))).text).toBe(text.trim());
    }),
  );
});
