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
import { storeOn } from '../stores/store.ts';
import type { Compiled } from './knowledge/compiled.ts';
import { deskFrom } from './knowledge/desk.ts';
import { servedSchools } from './knowledge/schools.ts';
import { log } from './log.ts';
import { platformsFrom } from './platforms.ts';
import { documentReader } from '../documents/read.ts';
import { libraryOn } from '../stores/library.ts';
import { shelvesOn } from './shelves.ts';

/** The service on Cloudflare Workers: D1, a queue that wakes the work, a cron that looks after what was missed. */
type Env = { readonly DB: D1Database; readonly JOBS: Queue } & Readonly<Record<string, unknown>>;

const { book, schools, model: learnt, syllables, lexicon, prompts } = knowledge as unknown as Compiled;
const KEEP_MS = 7 * 24 * 3_600_000;
let shelves: ReturnType<typeof shelvesOn> | undefined;
let desk: ReturnType<typeof deskFrom> | undefined;

const textsOf = (env: Env): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(env).filter((e): e is [string, string] => typeof e[1] === 'string'));

function partsFrom(env: Env) {
  const texts = textsOf(env);
  const db = d1Database(env.DB);
  const { webhooks, platforms } = platformsFrom(texts, log, notebookOn(db));
  const model = modelFrom(texts, prompts, log);
  const work: Work = {
    store: storeOn(db),
    desk: (desk ??= deskFrom({ book, model: learnt, syllables })),
    platforms,
    schools: servedSchools(schools),
    archive: archiveOn(db),
    shelves: (shelves ??= shelvesOn(db, { book, lexicon }, texts, log)),
    now: Date.now,
    random: Math.random,
    log,
    ...(model && { model }),
  };
  return { work, webhooks, school: texts['YISHI_SCHOOL'] ?? 'demo' };
}

/** Rounds until nothing is left, bounded by what one invocation may take. */
async function drain(work: Work): Promise<void> {
  for (let round = 0; round < 20 && (await workOnce(work)) > 0; round++);
}

export default {
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> {
    const { work, webhooks, school } = partsFrom(env);
    const app = createApp({
      work,
      version: String(env['YISHI_VERSION'] ?? 'worker'),
      school,
      demo: school === 'demo',
      webhooks,
      intake: { library: libraryOn(d1Database(env.DB)), reader: documentReader, shelves: work.shelves, now: Date.now },
      limiter: unlimited,
      wake: () => context.waitUntil(env.JOBS.send({ kind: 'work' })),
      console: consolePages(assets, school === 'demo'),
    });
    return app.fetch(request);
  },
  async queue(_batch: MessageBatch, env: Env): Promise<void> {
    await drain(partsFrom(env).work);
  },
  async scheduled(_event: unknown, env: Env): Promise<void> {
    const { work } = partsFrom(env);
    await drain(work);
    await work.store.tidy(Date.now(), KEEP_MS);
  },
};
