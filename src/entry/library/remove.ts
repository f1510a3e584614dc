import { parseArgs } from 'node:util';
import { removeDocument } from '../../library/keep-documents.ts';
import { tell, WHOSE, withLibrary } from './open.ts';

/** `npm run library -- remove ID…`: out of answers at once, kept in the library; `restore` brings it back. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: WHOSE });
  if (positionals.length === 0) {
    console.error('用法：npm run library -- remove <文件编号…>');
    return 2;
  }
  return withLibrary(values, async (library) => {
    let code = 0;
    for (const id of positionals) code = Math.max(code, tell(await removeDocument(id, library, Date.now()), '已移除'));
    return code;
  });
}
