import { parseArgs } from 'node:util';
import { listDocuments } from '../../library/keep-documents.ts';
import { lineOf, WHOSE, withLibrary } from './open.ts';

/** `npm run library -- list [--all]`: the documents in use; with `--all` the removed ones too. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { ...WHOSE, all: { type: 'boolean', default: false } } });
  return withLibrary(values, async (library) => {
    const documents = (await listDocuments(library)).filter((d) => values.all || d.state !== 'removed');
    for (const d of documents) console.log(lineOf(d));
    console.log(documents.length === 0 ? '库里还没有文件。用 add <文件…> 加入。' : `共 ${documents.length} 份`);
    return 0;
  });
}
