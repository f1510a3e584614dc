import type { D1Database, ExecutionContext, MessageBatch, Queue } from '@cloudflare/workers-types';
import { workOnce, type Work } from '../assistant/answer-messages.ts';
import assets from '../compiled/console.json' with { type: 'json' };
import knowledge from '../compiled/knowledge.json' with { type: 'json' };
import { consolePages } from '../console/pages.ts';
import { createApp } from '../http/app.ts';
import { unlimited } from '../http/limiter.ts';
import { modelFrom } from '../models/langchain.ts';
import { d1Database } from '../stores/d1.ts';
import { archiveOn } from '../stores/archive.ts';
import { notebookOn } from '../stores/notebook.ts';
import { shownCache } from '../stores/ledger-cache.ts';
import { storeOn } from '../stores/store.ts';
import type { Compiled } from './knowledge/compiled.ts';
import { deskFrom } from './knowledge/desk.ts';
import { servedSchools } from './knowledge/schools.ts';
import { keepersFrom } from './keepers.ts';
import { log } from './log.ts';
import { platformsFrom } from './platforms.ts';
import { workerReader } from '../documents/read.ts';
import { ledgersOn } from '../stores/ledger.ts';
import { libraryOn } from '../stores/library.ts';
import { sweepReminders } from '../assistant/send-reminders.ts';
import { demoClock } from './demo-clock.ts';
import { officeOn, webPlatform } from './office-world.ts';
import { shelvesOn } from './shelves.ts';

/** The service on Cloudflare Workers: D1, a queue that wakes the work, a cron that looks after what was missed. */
type Env = { readonly DB: D1Database; readonly JOBS: Queue } & Readonly<Record<string, unknown>>;

const { book, schools, workdays, model: learnt, syllables, lexicon, prompts } = knowledge as unknown as Compiled;
const KEEP_MS = 7 * 24 * 3_600_000;
/** Registers are read again only where they have changed, from one request to the next. */
const registers = shownCache();
const quiet = new Map<string, number>();
let shelves: ReturnType<typeof shelvesOn> | undefined;
let desk: ReturnType<typeof deskFrom> | undefined;

const textsOf = (env: Env): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(env).filter((e): e is [string, string] => typeof e[1] === 'string'));

async function partsFrom(env: Env) {
  const texts = textsOf(env);
  const db = d1Database(env.DB);
  const notebook = notebookOn(db);
  const { webhooks, platforms } = platformsFrom(texts, log, notebook);
  const model = modelFrom(texts, prompts, log);
  const school = texts['YISHI_SCHOOL'] ?? 'demo';
  const clock = school === 'demo' ? await demoClock(notebook) : undefined;
  const now = clock?.now ?? Date.now;
  shelves ??= shelvesOn(db, { book, lexicon }, texts, log);
  const work: Work = {
    store: storeOn(db),
    desk: (desk ??= deskFrom({ book, model: learnt, syllables })),
    platforms: new Map([...platforms, ['web', webPlatform]]),
    schools: servedSchools(schools),
    archive: archiveOn(db),
    shelves,
    intake: {
      library: libraryOn(db),
      reader: workerReader,
      shelves,
      rolesOf: keepersFrom(texts, school === 'demo', ledgersOn(db)),
      now,
    },
    office: officeOn(db, { workdays }, registers),
    notebook,
    now,
    random: Math.random,
    log,
    ...(model && { model }),
  };
  return { work, clock, webhooks, school };
}

/** Rounds until nothing is left, bounded by what one invocation may take. */
async function drain(work: Work): Promise<void> {
  for (let round = 0; round < 20 && (await workOnce(work)) > 0; round++);
}

export default {
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const { work, clock, webhooks, school } = await partsFrom(env);
    const app = createApp({
      work,
      ...(clock && { clock }),
      version: String(env['YISHI_VERSION'] ?? 'worker'),
      school,
      demo: school === 'demo',
      webhooks,
      limiter: unlimited,
      wake: () => context.waitUntil(env.JOBS.send({ kind: 'work' })),
      console: consolePages(assets, school === 'demo', work.office.workdays),
    });
    return app.fetch(request);
  },
  async queue(_batch: MessageBatch, env: Env): Promise<void> {
    await drain((await partsFrom(env)).work);
  },
  async scheduled(_event: unknown, env: Env): Promise<void> {
    const { work } = await partsFrom(env);
    await sweepReminders({ ...work.office, schools: work.schools, log }, work.now(), quiet);
    await drain(work);
    await work.store.tidy(Date.now(), KEEP_MS);
  },
};
