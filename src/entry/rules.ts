import { join } from 'node:path';
import { Reader } from '../reading/reader.ts';
import type { Matter } from '../rules/rulebook.ts';
import { type Knowledge, loadKnowledge } from './knowledge/load.ts';
import { runCase } from './knowledge/run-case.ts';

/** `npm run rules -- lint|try|explain [matter…]`: the rule author's tools. */
const root = join(import.meta.dirname, '../..');
const [verb = 'lint', ...ids] = process.argv.slice(2);
const knowledge = loadKnowledge(root);
const chosen = <T extends { id: string }>(list: readonly T[]) => (ids.length ? list.filter((x) => ids.includes(x.id)) : list);

function lint({ faults, book }: Knowledge): boolean {
  const own = ids.length ? faults.filter((f) => ids.some((id) => f.file.includes(`/${id}.yaml`))) : faults;
  for (const f of own) console.log(`${f.file}:${f.line} ${f.message}`);
  console.log(own.length ? `${own.length} 处要改` : `没有问题：${book.matters.length} 个事项,${book.procedures.length} 个程序问题`);
  return own.length === 0;
}

function tryCases({ matterFiles, book, schools }: Knowledge): boolean {
  const reader = new Reader(book);
  let [passed, failed] = [0, 0];
  for (const file of matterFiles.filter((f) => !ids.length || ids.includes(f.data.id)))
    for (const [i, c] of file.data.cases.entries()) {
      const wrong = runCase(reader, book.matters.find((m) => m.id === file.data.id)!, c, schools[0]!);
      if (wrong === null) passed++;
      else {
        failed++;
        console.log(`${file.file}:${file.lineOf(['cases', i])} ${c.name ?? c.ask ?? JSON.stringify(c.given)}\n    ${wrong}`);
      }
    }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}

function explain({ book, schools }: Knowledge): boolean {
  for (const m of chosen(book.matters)) console.log(explained(m, book.ways[m.decider].name.zh), '\n', schools[0]!.name);
  return true;
}
const explained = (m: Matter, way: string) =>
  [
    `${m.name.zh}(${m.id})`,
    `  默认：${way}。${m.note.zh}`,
    ...m.routes.map((r) => `  若 ${JSON.stringify(r.when)} → ${r.decider}:${r.note.zh}`),
    `  要问：${m.facts.filter((f) => f.assume === undefined).map((f) => f.ask.zh).join(' / ') || '无'}`,
  ].join('\n');

const verbs: Record<string, (k: Knowledge) => boolean> = { lint, try: tryCases, explain };
const run = verbs[verb];
if (!run) {
  console.error(`没有 ${verb};可用 ${Object.keys(verbs).join('、')}`);
  process.exit(2);
}
process.exitCode = run(knowledge) ? 0 : 1;
