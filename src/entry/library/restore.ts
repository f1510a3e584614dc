import { parseArgs } from 'node:util';
import { restoreDocument } from '../../library/keep-documents.ts';
import { tell, WHOSE, withLibrary } from './open.ts';

/** `npm run library -- restore ID…`: brings a removed document back. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: WHOSE });
  if (positionals.length === 0) {
    console.error('用法：npm run library -- restore <文件编号…>');
    return 2;
  }
  return withLibrary(values, async (library) => {
    let code = 0;
    for (const id of positionals) code = Math.max(code, tell(await restoreDocument(id, library, Date.now()), '已恢复'));
    return code;
  });
}
