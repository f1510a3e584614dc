import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Work } from '../../src/assistant/answer-messages.ts';
import { sweepReminders } from '../../src/assistant/send-reminders.ts';
import type { Outgoing, Reply } from '../../src/domain/message.ts';
import { putSends } from '../../src/stores/store.ts';
import { type Instance, startInstance, type Told } from './instance.ts';
import type { Rig } from './rig.ts';
import { enrol, SCHOOL } from './school.ts';

export interface Assistant {
  readonly work: Work;
  /** Holds the work loop still: what comes is kept and acknowledged, and nothing is answered. */
  pause(): void;
  resume(): void;
  /** Resolves when nothing is being answered or said: a lease is a minute, so time must not jump before. */
  atRest(): Promise<void>;
  /** Says something unasked, to a member or to the group. */
  tell(to: Outgoing['conversation'], reply: Reply, person?: string): Promise<void>;
  /** A model that takes so long for each question from now on, and then has nothing to say. */
  thinks(ms: number): void;
  /** Our own database fails, until the returned function is called. */
  backendDown(): () => void;
  /** The reminders that are due at this moment. */
  remind(): Promise<void>;
  /** Killed, and started again on the same database. */
  restart(): Promise<void>;
  /** A second instance on the same database, without the long connections; what is delivered goes to it. */
  deliverToTwin(): Promise<void>;
  /** What is delivered goes to the first one again. */
  deliverToFirst(): Promise<void>;
  /** `/metrics`. */
  metrics(): Promise<string>;
  readonly url: string;
  readonly logged: readonly (readonly [string, unknown])[];
  stop(): Promise<void>;
}

/** The assistant with its platform, in one instance or two, over a database in a file of its own. */
export async function startAssistant(rig: Rig): Promise<Assistant> {
  const folder = mkdtempSync(join(tmpdir(), 'yishi-contract-'));
  const logged: (readonly [string, unknown])[] = [];
  const log = (event: string, fields?: unknown) => void logged.push([event, fields]);
  const told: Told = { paused: false };
  const means = { file: join(folder, 'yishi.db'), told, log };
  const school = rig.demo ? 'demo' : SCHOOL.id;
  let first = await startInstance(rig, { ...means, listens: true });
  let twin: Instance | undefined;
  if (!rig.demo) await enrol(first.work.office.ledgers.forSchool(school), rig.accountOf, Date.now());
  await rig.connect(first.url);
  let unasked = 0;
  const { platform, app } = rig.accountOf('office');
  return {
    get work() {
      return first.work;
    },
    get url() {
      return first.url;
    },
    logged,
    pause: () => void (told.paused = true),
    resume: () => ((told.paused = false), first.wake()),
    atRest: async () => void (await Promise.all([first.atRest(), twin?.atRest()])),
    async tell(conversation, reply, person) {
      const to = person === undefined ? {} : { to: person };
      const outgoing = { key: `unasked-${++unasked}`, platform, app, conversation, ...to, reply };
      await first.backend.db.batch(putSends(school, [outgoing], Date.now()));
      first.wake();
    },
    thinks(ms) {
      told.model = { fill: () => new Promise((done) => setTimeout(done, ms, null).unref()) };
    },
    backendDown() {
      const mends = [first.backend.down(), twin?.backend.down()];
      return () => mends.forEach((mend) => mend?.());
    },
    async remind() {
      await sweepReminders({ ...first.work.office, schools: first.work.schools, log }, Date.now());
      first.wake();
    },
    async restart() {
      first.backend.down();
      await first.stop();
      first = await startInstance(rig, { ...means, listens: true });
      await first.work.store.takeOver();
      await rig.connect(first.url);
    },
    async deliverToTwin() {
      twin ??= await startInstance(rig, { ...means, listens: false });
      await rig.connect(twin.url);
    },
    deliverToFirst: () => rig.connect(first.url),
    metrics: async () => (await fetch(`${first.url}/metrics`)).text(),
    async stop() {
      await twin?.stop();
      await first.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
