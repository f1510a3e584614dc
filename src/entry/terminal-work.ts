import { join } from 'node:path';
import type { Work } from '../assistant/answer-messages.ts';
import { modelFrom } from '../models/langchain.ts';
import { sqliteDatabase } from '../stores/sqlite.ts';
import { storeOn } from '../stores/store.ts';
import { compiledKnowledge, ROOT } from './knowledge/compiled.ts';
import { deskFrom } from './knowledge/desk.ts';

/** The assistant in a terminal: the same rules and wording, nothing kept. */
export async function terminalWork(): Promise<Work> {
  const { book, schools, prompts } = await compiledKnowledge();
  const model = modelFrom(process.env, prompts, (event, fields) => console.error(event, fields ?? ''));
  return {
    store: storeOn(sqliteDatabase(':memory:', join(ROOT, 'migrations'))),
    desk: deskFrom(book),
    platforms: new Map(),
    schoolOf: (id) => schools.find((s) => s.id === id),
    now: Date.now,
    random: Math.random,
    log: () => {},
    ...(model && { model }),
  };
}
