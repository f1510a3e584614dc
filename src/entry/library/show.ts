import { parseArgs } from 'node:util';
import { whereOf } from '../../library/cite.ts';
import { factLines, lineOf, WHOSE, withLibrary } from './open.ts';

/** `npm run library -- show ID [--raw]`: a document's facts and its clauses; `--raw` as the source has them. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...WHOSE, raw: { type: 'boolean', default: false } },
  });
  const [id] = positionals;
  if (id === undefined) {
    console.error('用法：npm run library -- show <文件编号 或 条款编号> [--raw]');
    return 2;
  }
  return withLibrary(values, async (library) => {
    const [documentId, key] = id.split('#');
    const document = await library.get(documentId!);
    const clauses = document
      ? (await library.clauses(document.id)).filter((c) => key === undefined || c.id === id)
      : [];
    if (!document || clauses.length === 0) {
      console.error(`库里没有 ${id}。用 list 看文件编号。`);
      return 1;
    }
    console.log([lineOf(document), ...factLines(document)].join('\n'));
    for (const c of clauses) {
      const restored = c.marks.filter((m) => m.kind === 'restored');
      const note =
        restored.length > 0
          ? `\n  〔还原了 ${restored.length} 处被遮盖的字：${restored
              .slice(0, 5)
              .map((m) => `${c.raw.slice(m.rawStart, m.rawEnd)}→${c.text.slice(m.start, m.end)}`)
              .join('、')}〕`
          : '';
      console.log(`\n${c.id}  ${whereOf(c)}\n${values.raw ? c.raw : c.text}${note}`);
    }
    return 0;
  });
}
