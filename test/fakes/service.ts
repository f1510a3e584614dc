import { join } from 'node:path';
import { Hono } from 'hono';
import type { Work } from '../../src/assistant/answer-messages.ts';
import { compiledKnowledge, ROOT } from '../../src/entry/knowledge/compiled.ts';
import { deskFrom } from '../../src/entry/knowledge/desk.ts';
import { documentReader } from '../../src/documents/read.ts';
import { libraryOn } from '../../src/stores/library.ts';
import { keepersFrom } from '../../src/entry/keepers.ts';
import { shelvesOn } from '../../src/entry/shelves.ts';
import { servedSchools } from '../../src/entry/knowledge/schools.ts';
import { createApp, type Service } from '../../src/http/app.ts';
import { unlimited } from '../../src/http/limiter.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { archiveOn } from '../../src/stores/archive.ts';
import { notebookOn } from '../../src/stores/notebook.ts';
import { officeOn } from '../../src/entry/office-world.ts';
import { storeOn } from '../../src/stores/store.ts';

const compiled = await compiledKnowledge();
const { book, schools, model, syllables } = compiled;
export const desk = deskFrom({ book, model, syllables });
export const demoSchool = schools.find((s) => s.id === 'demo')!;

/** Accounts whose files are taken, and no others. */
export const KEEPERS = { YISHI_KEEPERS: 'feishu:ou_keeper wecom-app:fangzhuren wecom-aibot:fangzhuren' };

/** The service in this process over a store in memory; parts can be replaced. */
export function startService(parts: Partial<Service> = {}, work: Partial<Work> = {}) {
  const db = sqliteDatabase(':memory:', join(ROOT, 'migrations'));
  const shelves = shelvesOn(db, compiled, {}, () => {});
  const now = () => Date.parse('2026-11-20T09:00:00+08:00');
  const whole: Work = {
    store: storeOn(db),
    desk,
    platforms: new Map(),
    schools: servedSchools(schools),
    archive: archiveOn(db),
    shelves,
    office: officeOn(db, compiled),
    notebook: notebookOn(db),
    intake: { library: libraryOn(db), reader: documentReader, shelves, rolesOf: keepersFrom(KEEPERS, true), now },
    now,
    random: () => 0.5,
    log: () => {},
    ...work,
  };
  const app = createApp({
    work: whole,
    version: 'test',
    school: 'demo',
    demo: true,
    webhooks: [],
    limiter: unlimited,
    wake: () => {},
    console: new Hono(),
    ...parts,
  });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
    });
  return { app, post, work: whole };
}
