import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lintBook, uncited } from '../../rules/lint-book.ts';
import { ROOT } from '../knowledge/compiled.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { strayFiles, strayHeadings } from '../knowledge/sayings.ts';

/** Whether there is a file of this name, readable or not. */
const written = (id: string): boolean =>
  ['matters', 'procedure', 'sources'].some((folder) => existsSync(join(ROOT, 'knowledge', folder, `${id}.yaml`)));

/** Everything that is wrong or idle in the rules: faults, contradictions, unreachable routes, clauses nobody cites. */
export function lintAll(ids: readonly string[]): boolean {
  const missing = ids.filter((id) => !written(id));
  if (missing.length > 0) {
    console.error(`没有 ${missing.join('、')}：写 knowledge/matters、procedure 或 sources 里的文件名，不带 .yaml`);
    return false;
  }
  const { faults, book, matterFiles } = loadKnowledge(ROOT);
  const fileOf = new Map(matterFiles.map((f) => [f.data.id, f]));
  const found = [
    ...faults.map((f) => `${f.file}:${f.line} ${f.message}`),
    ...lintBook(book, '9999-12-31').map(
      (f) => `${fileOf.get(f.id)?.file}:${fileOf.get(f.id)?.lineOf(f.path)} ${f.message}`,
    ),
    ...strayFiles(ROOT, book)
      .filter((f) => !written(f.replace(/\.txt$/, '')))
      .map((f) => `knowledge/sayings/${f} 不是任何事项或程序问题的名字`),
    ...strayHeadings(ROOT, book),
    ...uncited(book).map((id) => `knowledge/sources/${id.split('#')[0]}.yaml 条款 ${id} 没有人引用；删去或引用它`),
  ];
  const own = ids.length
    ? found.filter((line) => ids.some((id) => line.includes(`/${id}.yaml`) || line.includes(`/${id}.txt`)))
    : found;
  for (const line of own) console.log(line);
  console.log(
    own.length
      ? `${own.length} 处要改`
      : `没有问题：${book.matters.length} 个事项，${book.procedures.length} 个程序问题，${book.clauses.length} 条依据`,
  );
  return own.length === 0;
}
