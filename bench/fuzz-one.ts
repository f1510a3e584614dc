import { join } from 'node:path';
import { Hono } from 'hono';
import type { Hono as App } from 'hono';
import type { InboundMessage } from '../src/domain/message.ts';
import { compiledKnowledge, ROOT } from '../src/entry/knowledge/compiled.ts';
import { deskFrom } from '../src/entry/knowledge/desk.ts';
import { servedSchools } from '../src/entry/knowledge/schools.ts';
import { officeOn } from '../src/entry/office-world.ts';
import { platformsFrom } from '../src/entry/platforms.ts';
import { createApp } from '../src/http/app.ts';
import { unlimited } from '../src/http/limiter.ts';
import { archiveOn } from '../src/stores/archive.ts';
import { notebookOn } from '../src/stores/notebook.ts';
import { sqliteDatabase } from '../src/stores/sqlite.ts';
import { storeOn } from '../src/stores/store.ts';
import { feishuEnv } from '../test/feishu/deliveries.ts';
import { aibotEnv, wecomEnv } from '../test/wecom/deliveries.ts';
import { HOSTILE, seedsFor, type Sent } from './fuzz-hostile.ts';

/** One platform's callbacks under attack, in a process of its own: what was accepted, what it cost, what it left. */
export interface Fuzzed {
  /** Messages kept that nobody sent, or kept anew. */
  readonly accepted: number;
  readonly unhandled: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, number>>;
  /** How many different answers were given to what was refused. */
  readonly bodies: number;
  readonly heap: { readonly before: number; readonly after: number; readonly most: number };
  readonly seconds: number;
}

const [platform = 'feishu', count = '1000', seed = '1'] = process.argv.slice(2);
const PATHS = {
  feishu: ['/feishu/events', '/feishu/cards'],
  'wecom-app': ['/wecom/app'],
  'wecom-aibot': ['/wecom/aibot'],
} as const;
const NOWHERE = 'http://127.0.0.1:9';

const newest: InboundMessage[] = [];
async function service(): Promise<App> {
  const compiled = await compiledKnowledge();
  const db = sqliteDatabase(':memory:', join(ROOT, 'migrations'));
  const store = storeOn(db);
  const notebook = notebookOn(db);
  const env = { ...feishuEnv(NOWHERE), ...wecomEnv(NOWHERE), ...aibotEnv(NOWHERE) };
  const { webhooks, platforms } = platformsFrom(env, () => {}, notebook);
  const keep: typeof store.keep = async (school, message) => {
    const known = await store.keep(school, message);
    if (known === 'new') newest.push(message);
    return known;
  };
  return createApp({
    work: {
      store: { ...store, keep },
      desk: deskFrom(compiled),
      platforms,
      schools: servedSchools(compiled.schools),
      archive: archiveOn(db),
      office: officeOn(db, compiled),
      notebook,
      now: Date.now,
      random: Math.random,
      log: () => {},
    },
    version: 'fuzz',
    school: 'demo',
    demo: false,
    webhooks,
    limiter: unlimited,
    wake: () => {},
    console: new Hono(),
  });
}

/** A small generator (mulberry32): the same seed attacks in the same way. */
function randomFrom(state: number): () => number {
  let a = state >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

let unhandled = 0;
process.on('unhandledRejection', () => unhandled++);
process.on('uncaughtException', () => unhandled++);

const app = await service();
const random = randomFrom(Number(seed));
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const paths = PATHS[platform as keyof typeof PATHS];
const send = ({ method, query, headers, body }: Sent) =>
  app.request(`${pick(paths)}?${query}`, { method, headers, ...(method === 'POST' && { body: body as string }) });

const seeds = seedsFor(platform);
for (const one of seeds) if ((await send(one)).status !== 200) throw new Error('a genuine callback was refused');
let accepted = 0;
const genuine = newest.splice(0).length;
if (genuine === 0) throw new Error('nothing genuine was heard');
const refusals = new Set<string>();
const statuses: Record<string, number> = {};
const kinds: Record<string, number> = {};
const heapNow = () => (globalThis.gc?.(), process.memoryUsage().heapUsed);
const before = heapNow();
let most = before;
const begun = performance.now();
for (let n = 0; n < Number(count); n++) {
  const [kind, hostile] = pick(Object.entries(HOSTILE));
  kinds[kind] = (kinds[kind] ?? 0) + 1;
  const one = hostile(pick(seeds), { seeds, random, pick });
  const response = await send(one);
  if (newest.length > 0) {
    accepted += newest.length;
    console.error(kind, { ...one, body: String(one.body) }, newest.splice(0));
  }
  statuses[response.status] = (statuses[response.status] ?? 0) + 1;
  const said = await response.text();
  if (response.status !== 200) refusals.add(`${response.status} ${said}`);
  if (n % 5000 === 0) most = Math.max(most, heapNow());
}
const seconds = (performance.now() - begun) / 1000;
const after = heapNow();
const found: Fuzzed = {
  accepted,
  unhandled,
  statuses,
  kinds,
  bodies: new Set([...refusals].map((r) => r.slice(4))).size,
  heap: { before, after, most: Math.max(most, after) },
  seconds,
};
process.send?.(found, () => process.exit(0));
