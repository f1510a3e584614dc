import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { workOnce, type Work } from '../../src/assistant/answer-messages.ts';
import { recallAll } from '../../src/assistant/recall.ts';
import { underWay } from '../../src/assistant/under-way.ts';
import type { InboundMessage } from '../../src/domain/message.ts';
import { compiledKnowledge, ROOT } from '../../src/entry/knowledge/compiled.ts';
import { deskFrom } from '../../src/entry/knowledge/desk.ts';
import { servedSchools } from '../../src/entry/knowledge/schools.ts';
import { officeOn, webPlatform } from '../../src/entry/office-world.ts';
import { platformsFrom } from '../../src/entry/platforms.ts';
import { wakeable } from '../../src/entry/wakeable.ts';
import { createApp } from '../../src/http/app.ts';
import { unlimited } from '../../src/http/limiter.ts';
import type { LanguageModel } from '../../src/ports/language-model.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { archiveOn } from '../../src/stores/archive.ts';
import { notebookOn } from '../../src/stores/notebook.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { storeOn } from '../../src/stores/store.ts';
import { type Backend, backendOn } from './backend.ts';
import type { Rig } from './rig.ts';
import { SCHOOL } from './school.ts';

const compiled = await compiledKnowledge();
const { book, schools, model, syllables } = compiled;
const desk = deskFrom({ book, model, syllables });

/** How the loop looks on its own; woken it works at once. */
const EVERY_MS = 25;

/** What an instance is told from outside while it runs. */
export interface Told {
  paused: boolean;
  model?: LanguageModel;
}

export interface Instance {
  readonly url: string;
  readonly work: Work;
  readonly backend: Backend;
  wake(): void;
  atRest(): Promise<void>;
  /** Ends in order; where the backend is down as a killed process does: nothing of what it has in hand is kept. */
  stop(): Promise<void>;
}

interface Means {
  readonly file: string;
  readonly told: Told;
  readonly log: (event: string, fields?: unknown) => void;
  /** Whether it holds the long connections; of several instances one does. */
  readonly listens: boolean;
}

/** The whole service in this process, connected to the rig's platform by the same lines as the real entry. */
export async function startInstance(rig: Rig, { file, told, log, listens }: Means): Promise<Instance> {
  const backend = backendOn(sqliteDatabase(file, join(ROOT, 'migrations')));
  const { db } = backend;
  const notebook = notebookOn(db);
  const connected = platformsFrom(rig.env, log, notebook, rig.sockets);
  const joined = rig.joins?.(notebook);
  const work: Work = Object.defineProperty(
    {
      store: storeOn(db),
      desk,
      platforms: new Map<string, Platform>([
        ...connected.platforms,
        ['web', webPlatform],
        ...(joined?.platforms ?? []),
      ]),
      schools: servedSchools([...schools, SCHOOL]),
      archive: archiveOn(db),
      office: officeOn(db, compiled),
      notebook,
      now: () => Date.now(),
      random: () => 0.5,
      log,
    },
    'model',
    { get: () => told.model },
  );
  const school = rig.demo ? 'demo' : SCHOOL.id;
  const under = underWay();
  let round: Promise<number> = Promise.resolve(0);
  const loop = wakeable(() => (round = told.paused ? Promise.resolve(0) : workOnce(work, under)), EVERY_MS, log);
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
  const listeners = listens ? [...connected.listeners, ...(joined?.listeners ?? [])] : [];
  const listening = listeners.map((listen) =>
    listen(deliver, ending.signal, (id) => recallAll([id], school, work)).catch((error: unknown) =>
      log('listener-ended', String(error)),
    ),
  );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    work,
    backend,
    wake: loop.wake,
    atRest: async () => void (await Promise.allSettled([round, ...under.slow])),
    async stop() {
      ending.abort();
      const inTime = (ms: number) => new Promise((done) => setTimeout(done, ms));
      await Promise.race([loop.stop(), inTime(2000)]);
      await Promise.race([Promise.all(under.slow), inTime(100)]);
      await Promise.all(listening);
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await db.close();
    },
  };
}
