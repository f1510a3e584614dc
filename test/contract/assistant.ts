import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { workOnce, type Work } from '../../src/assistant/answer-messages.ts';
import type { InboundMessage, Outgoing, Reply } from '../../src/domain/message.ts';
import { recallAll } from '../../src/assistant/recall.ts';
import { compiledKnowledge, ROOT } from '../../src/entry/knowledge/compiled.ts';
import { deskFrom } from '../../src/entry/knowledge/desk.ts';
import { servedSchools } from '../../src/entry/knowledge/schools.ts';
import { officeOn, webPlatform } from '../../src/entry/office-world.ts';
import { platformsFrom } from '../../src/entry/platforms.ts';
import { wakeable } from '../../src/entry/wakeable.ts';
import { createApp } from '../../src/http/app.ts';
import { unlimited } from '../../src/http/limiter.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { archiveOn } from '../../src/stores/archive.ts';
import { notebookOn } from '../../src/stores/notebook.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { putSends, storeOn } from '../../src/stores/store.ts';
import type { Rig } from './rig.ts';
import { enrol, SCHOOL } from './school.ts';

const compiled = await compiledKnowledge();
const { book, schools, model, syllables } = compiled;
const desk = deskFrom({ book, model, syllables });

/** How the loop looks on its own; woken it works at once. */
const EVERY_MS = 25;

export interface Assistant {
  readonly work: Work;
  /** Holds the work loop still: what comes is kept and acknowledged, and nothing is answered. */
  pause(): void;
  resume(): void;
  /** Resolves when nothing is being answered or said: a lease is a minute, so time must not jump before. */
  atRest(): Promise<void>;
  /** Says something unasked, to a member or to the group. */
  tell(to: Outgoing['conversation'], reply: Reply): Promise<void>;
  readonly logged: readonly (readonly [string, unknown])[];
  stop(): Promise<void>;
}

/** The whole service in this process, connected to the rig's platform by the same lines as the real entry. */
export async function startAssistant(rig: Rig): Promise<Assistant> {
  const db = sqliteDatabase(':memory:', join(ROOT, 'migrations'));
  const logged: (readonly [string, unknown])[] = [];
  const log = (event: string, fields?: unknown) => void logged.push([event, fields]);
  const notebook = notebookOn(db);
  const connected = platformsFrom(rig.env, log, notebook, rig.sockets);
  const joined = rig.joins?.(notebook);
  const school = rig.demo ? 'demo' : SCHOOL.id;
  const now = () => Date.now();
  const work: Work = {
    store: storeOn(db),
    desk,
    platforms: new Map<string, Platform>([...connected.platforms, ['web', webPlatform], ...(joined?.platforms ?? [])]),
    schools: servedSchools([...schools, SCHOOL]),
    archive: archiveOn(db),
    office: officeOn(db, compiled),
    notebook,
    now,
    random: () => 0.5,
    log,
  };
  if (!rig.demo) await enrol(work.office.ledgers.forSchool(school), rig.accountOf, now());
  let paused = false;
  const slow = new Set<Promise<void>>();
  let round: Promise<number> = Promise.resolve(0);
  const loop = wakeable(() => (round = paused ? Promise.resolve(0) : workOnce(work, slow)), EVERY_MS, log);
  const deliver = async (message: InboundMessage) => {
    await work.store.keep(school, message);
    loop.wake();
  };
  const app = createApp({
    work,
    version: 'contract',
    school,
    demo: rig.demo ?? false,
    webhooks: [...connected.webhooks, ...(joined?.webhooks ?? [])],
    limiter: unlimited,
    wake: loop.wake,
    console: new Hono(),
  });
  const server = await new Promise<Server>((done) => {
    const one = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => done(one as Server));
  });
  const ending = new AbortController();
  const listening = [...connected.listeners, ...(joined?.listeners ?? [])].map((listen) =>
    listen(deliver, ending.signal, (id) => recallAll([id], school, work)).catch((error: unknown) =>
      log('listener-ended', String(error)),
    ),
  );
  await rig.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  let unasked = 0;
  const { platform, app: appId } = rig.accountOf('office');
  return {
    work,
    logged,
    pause: () => void (paused = true),
    atRest: async () => void (await Promise.all([round, ...slow])),
    resume: () => ((paused = false), loop.wake()),
    async tell(conversation, reply) {
      const outgoing = { key: `unasked-${++unasked}`, platform, app: appId, conversation, reply };
      await db.batch(putSends(school, [outgoing], now()));
      loop.wake();
    },
    async stop() {
      ending.abort();
      await loop.stop();
      await Promise.race([Promise.all(slow), new Promise((done) => setTimeout(done, 100))]);
      await Promise.all(listening);
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await db.close();
    },
  };
}
