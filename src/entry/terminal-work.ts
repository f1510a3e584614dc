import { join } from 'node:path';
import type { Work } from '../assistant/answer-messages.ts';
import { modelFrom } from '../models/langchain.ts';
import { sqliteDatabase } from '../stores/sqlite.ts';
import { archiveOn } from '../stores/archive.ts';
import { notebookOn } from '../stores/notebook.ts';
import { storeOn } from '../stores/store.ts';
import { officeOn } from './office-world.ts';
import { shelvesOn } from './shelves.ts';
import { compiledKnowledge, ROOT } from './knowledge/compiled.ts';
import { deskFrom } from './knowledge/desk.ts';
import { servedSchools } from './knowledge/schools.ts';

/** The assistant in a terminal: the same rules and wording, nothing kept. */
export async function terminalWork(): Promise<Work> {
  const knowledge = await compiledKnowledge();
  const { book, schools, model: learnt, syllables, prompts } = knowledge;
  const model = modelFrom(process.env, prompts, (event, fields) => console.error(event, fields ?? ''));
  const db = sqliteDatabase(':memory:', join(ROOT, 'migrations'));
  return {
    store: storeOn(db),
    desk: deskFrom({ book, model: learnt, syllables }),
    platforms: new Map(),
    schools: servedSchools(schools),
    archive: archiveOn(db),
    office: officeOn(db, knowledge),
    notebook: notebookOn(db),
    shelves: shelvesOn(db, knowledge, process.env, () => {}),
    now: Date.now,
    random: Math.random,
    log: () => {},
    ...(model && { model }),
  };
}
