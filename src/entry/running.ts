import { join } from 'node:path';
import { workOnce, type Work } from '../assistant/answer-messages.ts';
import { recallAll } from '../assistant/recall.ts';
import { sweepReminders } from '../assistant/send-reminders.ts';
import { underWay } from '../assistant/under-way.ts';
import { isolatedReader } from '../documents/isolated.ts';
import { modelFrom } from '../models/langchain.ts';
import type { Notebook } from '../ports/notebook.ts';
import { archiveOn } from '../stores/archive.ts';
import { ledgersOn } from '../stores/ledger.ts';
import { libraryOn } from '../stores/library.ts';
import { notebookOn } from '../stores/notebook.ts';
import { sqliteDatabase } from '../stores/sqlite.ts';
import { type Share, storeOn } from '../stores/store.ts';
import { compiledKnowledge, ROOT } from './knowledge/compiled.ts';
import { deskFrom } from './knowledge/desk.ts';
import { servedSchools } from './knowledge/schools.ts';
import { keepersFrom } from './keepers.ts';
import { log } from './log.ts';
import type { Connected } from './platforms.ts';
import { settingsFrom } from './settings.ts';
import { shelvesOn } from './shelves.ts';
import { demoClock } from './demo-clock.ts';
import { officeOn, webPlatform } from './office-world.ts';
import { wakeable } from './wakeable.ts';

const KEEP_MS = 7 * 24 * 3_600_000;

/** A wrong setting ends the start with the sentence that says which. */
export async function orExit<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

/** The assistant at work in this process: it answers and sends its share of what lies in the database. */
export async function opened(share: Share, connect: (notebook: Notebook) => Connected | Promise<Connected>) {
  const settings = await orExit(() => settingsFrom(process.env));
  const knowledge = await compiledKnowledge();
  const { book, schools: compiled, model: learnt, syllables, prompts } = knowledge;
  const db = sqliteDatabase(join(settings.YISHI_DATA, 'yishi.db'), join(ROOT, 'migrations'));
  const store = storeOn(db, share);
  const archive = archiveOn(db);
  const { webhooks, platforms, listeners } = await orExit(() => connect(notebookOn(db)));
  const model = await orExit(() => modelFrom(process.env, prompts, log));
  const rolesOf = await orExit(() => keepersFrom(process.env, settings.demo, ledgersOn(db)));
  const shelves = shelvesOn(db, knowledge, process.env, log);
  const notebook = notebookOn(db);
  const clock = settings.demo ? await demoClock(notebook) : undefined;
  const now = clock?.now ?? Date.now;
  const work: Work = {
    store,
    desk: deskFrom({ book, model: learnt, syllables }),
    platforms: new Map([...platforms, ['web', webPlatform]]),
    schools: servedSchools(compiled, await archive.profiles()),
    archive,
    shelves,
    intake: { library: libraryOn(db), reader: isolatedReader(), shelves, rolesOf, now },
    office: officeOn(db, knowledge),
    notebook,
    now,
    random: Math.random,
    log,
    ...(model && { model }),
  };
  if (!work.schools.has(settings.YISHI_SCHOOL)) {
    console.error(`没有学校 ${settings.YISHI_SCHOOL}：请建 knowledge/schools/${settings.YISHI_SCHOOL}/profile.yaml`);
    process.exit(2);
  }

  const under = underWay();
  const loop = wakeable(() => workOnce(work, under), 1000, log);
  /** Profiles imported while the service runs are taken up within a minute. */
  const learning = setInterval(
    () => void archive.profiles().then((list) => list.forEach((d) => work.schools.put(d))),
    60_000,
  ).unref();
  const quiet = new Map<string, number>();
  /** Reminder rounds that have come due; each happens once, whatever other processes do. */
  const reminding = setInterval(
    () =>
      void sweepReminders({ ...work.office, schools: work.schools, log }, work.now(), quiet).then(
        (rounds) => rounds.length > 0 && loop.wake(),
        (error: unknown) => log('reminders-failed', { error: String(error) }),
      ),
    60_000,
  ).unref();
  const tidying = setInterval(() => void store.tidy(Date.now(), KEEP_MS), 3_600_000).unref();
  const listening = new AbortController();
  let stopping = false;

  return {
    settings,
    db,
    work,
    clock,
    webhooks,
    wake: loop.wake,
    /** Takes up what a killed process left and opens the long connections. */
    async begin() {
      await archive.keepRules(book.version, JSON.stringify(book), Date.now());
      await store.takeOver();
      loop.wake();
      // The index is loaded before the first question asks for it.
      shelves
        .of(settings.YISHI_SCHOOL, Date.now())
        .catch((error: unknown) => log('shelf-failed', { error: String(error) }));
      return listeners.map((listen) =>
        listen(
          async (message) => {
            await store.keep(settings.YISHI_SCHOOL, message);
            loop.wake();
          },
          listening.signal,
          (id) => recallAll([id], settings.YISHI_SCHOOL, work),
        ).catch((error: unknown) => log('listener-ended', { error: String(error) })),
      );
    },
    /** On the first signal everything ends in order, on the second at once. */
    onSignal(first: () => unknown) {
      const stop = async () => {
        if (stopping) process.exit(1);
        stopping = true;
        listening.abort();
        clearInterval(tidying);
        clearInterval(reminding);
        clearInterval(learning);
        await first();
        await loop.stop();
        await Promise.all(under.slow);
        await store.close();
        process.exit(0);
      };
      process.on('SIGINT', () => void stop());
      process.on('SIGTERM', () => void stop());
    },
  };
}
