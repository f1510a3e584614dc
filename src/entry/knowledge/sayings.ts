import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Example, learn, type Model } from '../../reading/learn.ts';
import { grams, normalise } from '../../reading/normalise.ts';
import type { CaseFile, MatterFile } from '../../rules/matter-file.ts';
import type { Matter, Rulebook } from '../../rules/rulebook.ts';
import type { Knowledge } from './load.ts';

/** A topic of its own in the model: what is no business of ours. */
export const OUTSIDE = '-outside';

interface Saying {
  readonly text: string;
  /** What its heading says it states: `scope=班级`, `?` for too vague, or nothing in particular. */
  readonly states: string;
}

/** The lines of `knowledge/sayings/<topic>.txt`, each with its heading. */
function sayingsOf(root: string, topic: string): Saying[] {
  const file = join(root, 'knowledge/sayings', `${topic}.txt`);
  if (!existsSync(file)) return [];
  let states = '';
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .flatMap((line) => {
      if (!line.startsWith('#')) return line === '' ? [] : [{ text: line, states }];
      const heading = line.slice(1).trim();
      states = heading === '-' || heading === 'amount' ? '' : heading;
      return [];
    });
}

/** Headings that name no fact of their matter or no value of that fact. */
export function strayHeadings(root: string, book: Rulebook): string[] {
  return book.matters.flatMap((m) =>
    [...new Set(sayingsOf(root, m.id).map((s) => s.states))]
      .filter((states) => states !== '' && states !== '?' && !isStated(m, states))
      .map((states) => `knowledge/sayings/${m.id}.txt 的标题「${states}」不是这个事项的事实和选项`),
  );
}

function isStated(matter: Matter, states: string): boolean {
  const [fact, value] = states.split('=');
  return matter.facts.some((f) => f.id === fact && f.options.some((o) => String(o.value) === value));
}

/** Files whose name is no matter and no procedure question. */
export function strayFiles(root: string, book: Rulebook): string[] {
  const folder = join(root, 'knowledge/sayings');
  const known = new Set([...book.matters, ...book.procedures].map((t) => `${t.id}.txt`).concat(`${OUTSIDE}.txt`));
  return existsSync(folder) ? readdirSync(folder).filter((f) => !known.has(f)) : [];
}

/** What a case's question states: the one fact its route looks at, when it looks at one only. */
function statedBy(file: MatterFile, c: CaseFile): string {
  const route = file.routes.find((r) => r.id === c.expect.route);
  const when = route && !Array.isArray(route.when) ? Object.entries(route.when) : [];
  const [fact, value] = when[0] ?? [];
  return when.length === 1 && fact !== 'amount' && (typeof value === 'string' || typeof value === 'boolean') ? `${fact}=${value}` : '';
}

/** Trains the reader's model on names, sayings and the cases' questions. */
export function learnFrom(root: string, { book, matterFiles, procedureFiles }: Knowledge): Model {
  const topics = [...book.matters, ...book.procedures];
  const known = new Set([...topics.map((t) => t.id), OUTSIDE]);
  const examples: Example[] = [];
  const add = (topic: string, text: string, states = '') => {
    if (known.has(topic)) examples.push({ grams: grams(normalise(text)), topic, states });
  };
  for (const t of topics) for (const name of [t.name.zh, t.name.en, ...t.names]) add(t.id, name);
  for (const topic of known) for (const s of sayingsOf(root, topic)) add(topic, s.text, s.states);
  for (const { data } of matterFiles)
    for (const c of data.cases)
      if (c.ask && c.expect.outcome !== 'unruled') add(c.expect.matter ?? data.id, c.ask, c.expect.matter ? '' : statedBy(data, c));
  for (const { data } of procedureFiles) for (const c of data.cases) add(data.id, c.ask);
  return learn(examples);
}
