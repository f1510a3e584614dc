import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { workOnce, type Work } from '../assistant/answer-messages.ts';
import { consoleAssets } from '../console/assets.ts';
import { consolePages } from '../console/pages.ts';
import { createApp } from '../http/app.ts';
import { limiter } from '../http/limiter.ts';
import { modelFrom } from '../models/langchain.ts';
import { sqliteDatabase } from '../stores/sqlite.ts';
import { archiveOn } from '../stores/archive.ts';
import { notebookOn } from '../stores/notebook.ts';
import { storeOn } from '../stores/store.ts';
import { compiledKnowledge, ROOT } from './knowledge/compiled.ts';
import { deskFrom } from './knowledge/desk.ts';
import { servedSchools } from './knowledge/schools.ts';
import { log } from './log.ts';
import { platformsFrom, type Sockets } from './platforms.ts';
import { isolatedReader } from '../documents/isolated.ts';
import { libraryOn } from '../stores/library.ts';
import { settingsFrom } from './settings.ts';
import { shelvesOn } from './shelves.ts';
import { wakeable } from './wakeable.ts';

/** The service on Node: embedded SQLite, in-process work loop, pages and webhooks. */
const KEEP_MS = 7 * 24 * 3_600_000;
/** A wrong setting ends the start with the sentence that says which. */
function orExit<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}
const settings = orExit(() => settingsFrom(process.env));
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const knowledge = await compiledKnowledge();
const { book, schools: compiled, model: learnt, syllables, prompts } = knowledge;
const db = sqliteDatabase(join(settings.YISHI_DATA, 'yishi.db'), join(ROOT, 'migrations'));
const store = storeOn(db);
const archive = archiveOn(db);
const sockets: Sockets = {
  feishu: () => import('../../adapters/feishu/socket.ts'),
  aibot: () => import('../../adapters/wecom-aibot/socket.ts'),
};
const { webhooks, platforms, listeners } = orExit(() => platformsFrom(process.env, log, notebookOn(db), sockets));

const model = orExit(() => modelFrom(process.env, prompts, log));
const work: Work = {
  store,
  desk: deskFrom({ book, model: learnt, syllables }),
  platforms,
  schools: servedSchools(compiled, await archive.profiles()),
  archive,
  shelves: shelvesOn(db, knowledge, process.env, log),
  now: Date.now,
  random: Math.random,
  log,
  ...(model && { model }),
};
if (!work.schools.has(settings.YISHI_SCHOOL)) {
  console.error(`没有学校 ${settings.YISHI_SCHOOL}：请建 knowledge/schools/${settings.YISHI_SCHOOL}/profile.yaml`);
  process.exit(2);
}

const loop = wakeable(() => workOnce(work), 1000, log);
/** Profiles imported while the service runs are taken up within a minute. */
const learning = setInterval(
  () => void archive.profiles().then((list) => list.forEach((d) => work.schools.put(d))),
  60_000,
).unref();
const tidying = setInterval(() => void store.tidy(Date.now(), KEEP_MS), 3_600_000).unref();
const app = createApp({
  work,
  version,
  school: settings.YISHI_SCHOOL,
  demo: settings.demo,
  webhooks,
  intake: { library: libraryOn(db), reader: isolatedReader(), shelves: work.shelves, now: Date.now },
  limiter: limiter(settings.YISHI_RATE_PER_S, settings.YISHI_RATE_PER_S * 10),
  wake: loop.wake,
  console: consolePages(await consoleAssets(ROOT), settings.demo),
});

const server = serve({ fetch: app.fetch, hostname: settings.HOST, port: settings.PORT }, ({ port }) => {
  console.log(
    `议事已启动：http://${settings.HOST}:${port}　规则 ${book.version}，${book.matters.length} 个事项${settings.demo ? '（演示学校）' : ''}`,
  );
});
server.on('error', (error: NodeJS.ErrnoException) => {
  console.error(
    error.code === 'EADDRINUSE' ? `端口 ${settings.PORT} 已被占用，请换一个：PORT=8788 npm start` : String(error),
  );
  process.exit(1);
});
await archive.keepRules(book.version, JSON.stringify(book), Date.now());
await store.takeOver();
loop.wake();
const listening = new AbortController();
for (const listen of listeners)
  listen(async (message) => {
    await store.keep(settings.YISHI_SCHOOL, message);
    loop.wake();
  }, listening.signal).catch((error: unknown) => log('listener-ended', { error: String(error) }));

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) process.exit(1);
  stopping = true;
  listening.abort();
  clearInterval(tidying);
  clearInterval(learning);
  server.close();
  await loop.stop();
  await store.close();
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
