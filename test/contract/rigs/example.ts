import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { capabilities, EXAMPLE } from '../example/capabilities.ts';
import { examplePlatform } from '../example/send.ts';
import { exampleWebhook, signed } from '../example/webhook.ts';
import type { Declared, Place, Rig, Told } from '../rig.ts';

const APP = 'yishi';
const SECRET = 'loopback-example-secret';
const ROOM = 'staff';

export const EXAMPLE_PLATFORM: Declared = {
  capabilities,
  cannot: {
    edit: '示例平台里发出的消息不能编辑',
    expireTokens: '示例平台不用 token',
    tokens: '示例平台不用 token',
    working: '示例平台没有可以改的消息',
    toast: '示例平台没有按钮',
  },
};

/** The platform of docs/adapters.md on the loopback: its callbacks, and the one address where things are said. */
export async function exampleRig(): Promise<Rig> {
  const told: Told[] = [];
  const keys = new Set<string>();
  let [url, attempts, limited, hanging, down] = ['', 0, 0, false, false];
  const away = new Set<string>();

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    attempts++;
    if (hanging) return void (hanging = false);
    if (down || limited > 0) {
      limited = Math.max(0, limited - 1);
      return void response.writeHead(down ? 503 : 429).end();
    }
    const { to, text, key, under } = JSON.parse(body) as { to?: string; text: string; key: string; under?: string };
    if (to !== undefined && away.has(to)) return void response.writeHead(410).end();
    if (!keys.has(key))
      told.push({
        place: to === undefined ? 'group' : 'direct',
        ...(to !== undefined && { to }),
        text,
        buttons: [],
        fields: [],
        ...(under !== undefined && { under }),
        bytes: Buffer.byteLength(text),
      });
    keys.add(key);
    response.writeHead(200).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

  async function push(event: object): Promise<void> {
    const time = String(Date.now());
    const body = JSON.stringify({ at: Date.now(), ...event });
    const headers = { 'x-example-time': time, 'x-example-sign': signed(SECRET, time, body).toString('hex') };
    const { status } = await fetch(`${url}/example`, { method: 'POST', headers, body });
    if (status !== 200) throw new Error(`the example was answered ${status}`);
  }
  const at = (place: Place, named = true) => (place === 'group' ? { room: ROOM, named } : {});

  return {
    ...EXAMPLE_PLATFORM,
    env: {},
    joins: (notebook) => ({
      webhooks: [{ path: '/example', hook: exampleWebhook(APP, SECRET, notebook) }],
      platforms: new Map([
        [EXAMPLE, examplePlatform(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, notebook)],
      ]),
    }),
    accountOf: (user) => ({ platform: EXAMPLE, app: APP, user }),
    connect: async (to) => void (url = to),
    async say(from, text, place, { id = randomUUID(), unnamed } = {}) {
      const words = place === 'group' && !unnamed ? `@议事 ${text}` : text;
      await push({ id, kind: 'text', from, text: words, ...at(place, !unnamed) });
      return id;
    },
    press: () => {
      throw new Error('there is nothing to press on the example platform');
    },
    told: () => told,
    attempts: () => attempts,
    async unsigned() {
      const { status } = await fetch(`${url}/example`, { method: 'POST', body: '{}' });
      if (status !== 401) throw new Error(`what was not signed was answered ${status}`);
    },
    live: () => told.flatMap(({ text }) => text.match(/@/g) ?? []),
    trouble: {
      limit(times) {
        limited = times;
        return () => void (limited = 0);
      },
      leaves(member) {
        away.add(member);
        return () => void away.delete(member);
      },
      outage() {
        down = true;
        return async () => void (down = false);
      },
      hang: () => void (hanging = true),
      echo: (text, place) => push({ id: randomUUID(), kind: 'text', from: APP, text, ...at(place) }),
      wordless: (from, place) => push({ id: randomUUID(), kind: 'picture', from, ...at(place) }),
      unheardOf: () => push({ id: randomUUID(), kind: 'something-new', from: 'teacher' }),
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
