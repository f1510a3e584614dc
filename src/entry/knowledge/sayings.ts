import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Asking } from '../../reading/asking.ts';
import { type Example, learn, type Model } from '../../reading/learn.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import type { Knowledge } from './load.ts';

/** A topic of its own in the model: what is no business of ours. */
export const OUTSIDE = '-outside';

/** The lines of `knowledge/sayings/<topic>.txt`; headings begin with `#`. */
function sayingsOf(root: string, topic: string): string[] {
  const file = join(root, 'knowledge/sayings', `${topic}.txt`);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((l) => l.trim())
    .filter((l) => l !== '' && !l.startsWith('#'));
}

/** Files whose name is no matter and no procedure question. */
export function strayFiles(root: string, book: Rulebook): string[] {
  const folder = join(root, 'knowledge/sayings');
  const known = new Set([...book.matters, ...book.procedures].map((t) => `${t.id}.txt`).concat(`${OUTSIDE}.txt`));
  return existsSync(folder) ? readdirSync(folder).filter((f) => !known.has(f)) : [];
}

/** Trains the reader's model on names, sayings and the cases' questions. */
export function learnFrom(root: string, { book, matterFiles, procedureFiles }: Knowledge): Model {
  const topics = [...book.matters.map((m) => m.id), ...book.procedures.map((p) => p.id), OUTSIDE];
  const number = new Map(topics.map((t, i) => [t, i]));
  const asking = new Asking(book.vocabulary);
  const examples: Example[] = [];
  const add = (topic: string, texts: readonly string[]) => {
    const n = number.get(topic);
    if (n !== undefined) for (const text of texts) examples.push({ grams: asking.gramsOf(text), topic: n });
  };
  for (const t of [...book.matters, ...book.procedures]) add(t.id, [t.name.zh, t.name.en, ...t.names]);
  for (const topic of topics) add(topic, sayingsOf(root, topic));
  for (const { data } of matterFiles)
    for (const c of data.cases) if (c.ask && c.expect.outcome !== 'unruled') add(c.expect.matter ?? data.id, [c.ask]);
  for (const { data } of procedureFiles) add(data.id, data.cases.map((c) => c.ask));
  return learn(examples, topics);
}
