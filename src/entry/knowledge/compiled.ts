import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SchoolProfile } from '../../domain/school.ts';
import type { CalendarYear } from '../../domain/workdays.ts';
import type { Lexicon } from '../../library/search/lexicon.ts';
import type { Syllables } from '../../reading/homophones.ts';
import type { Model } from '../../reading/learn.ts';
import type { PromptName } from '../../ports/language-model.ts';
import type { Rulebook } from '../../rules/rulebook.ts';

/** The compiled knowledge, as both runtimes load it. */
export interface Compiled {
  readonly book: Rulebook;
  readonly schools: readonly SchoolProfile[];
  /** What the reader learnt from the sayings. */
  readonly model: Model;
  /** Characters by sound, to mend homophones. */
  readonly syllables: Syllables;
  /** What people say and what the texts call it, for the search. */
  readonly lexicon: Lexicon;
  readonly prompts: Readonly<Record<PromptName, string>>;
  /** The working calendar, by year. */
  readonly workdays: readonly CalendarYear[];
}

export const ROOT = join(import.meta.dirname, '../../..');
const FILE = join(ROOT, 'src/compiled/knowledge.json');

const newest = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name);
    return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }, statSync(folder).mtimeMs);

const prompts = (): Compiled['prompts'] => {
  const text = (name: PromptName) => readFileSync(join(ROOT, 'prompts', `${name}.md`), 'utf8');
  return { 'read-question': text('read-question'), 'word-ruling': text('word-ruling') };
};

/** Reads, checks and writes `src/compiled/knowledge.json`; returns the faults in words when there are any. */
export async function compile(): Promise<string[]> {
  const { loadKnowledge } = await import('./load.ts');
  const { learnFrom } = await import('./sayings.ts');
  const { syllables } = await import('./syllables.ts');
  const { loadLexicon } = await import('./lexicon.ts');
  const knowledge = loadKnowledge(ROOT);
  const { book, schools, workdays } = knowledge;
  const faults = [...knowledge.faults];
  const lexicon = loadLexicon(ROOT, faults);
  if (faults.length > 0) return faults.map((f) => `${f.file}:${f.line} ${f.message}`);
  mkdirSync(join(ROOT, 'src/compiled'), { recursive: true });
  const draft = `${FILE}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ book, schools, workdays, model: learnFrom(ROOT, knowledge), lexicon, syllables: syllables(), prompts: prompts() } satisfies Compiled));
  renameSync(draft, FILE);
  return [];
}

/** The compiled knowledge, compiled anew first when a file under `knowledge/` or the compiler is newer. */
export async function compiledKnowledge(): Promise<Compiled> {
  const sources = Math.max(...['knowledge', 'prompts', 'src/rules', 'src/reading'].map((folder) => newest(join(ROOT, folder))));
  if (!existsSync(FILE) || statSync(FILE).mtimeMs < sources) {
    const faults = await compile();
    if (faults.length > 0) throw new Error(`规则文件有 ${faults.length} 处要改：\n${faults.join('\n')}`);
  }
  return JSON.parse(readFileSync(FILE, 'utf8')) as Compiled;
}
