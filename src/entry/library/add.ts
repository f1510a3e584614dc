import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { isolatedReader } from '../../documents/isolated.ts';
import { LIMITS, refusal } from '../../documents/refusals.ts';
import { type Added, addDocument, type Progress } from '../../library/add-document.ts';
import type { SchoolLibrary } from '../../ports/library.ts';
import { factLines, WHOSE, withLibrary } from './open.ts';

const STAGES = { reading: '读取', cleaning: '清理', splitting: '分条', saving: '入库' } as const;

/** On a terminal the stage stands behind the name until the result takes its place; a log gets results only. */
function show(file: string): (progress: Progress) => void {
  return ({ stage, done, total }) => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r\x1b[K${file} … ${STAGES[stage]}${total ? ` ${done}/${total}` : ''}`);
  };
}

/** A file too large is refused by its size, before a byte of it is read. */
async function addFile(path: string, library: SchoolLibrary, replaces: string | undefined): Promise<Added> {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) return { kind: 'refused', code: 'file-not-found', message: '没有这个文件。' };
  if (info.size > LIMITS.bytes) {
    const { code, message } = refusal('document-too-large');
    return { kind: 'refused', code, message };
  }
  const ports = { reader: isolatedReader(), library, now: Date.now };
  return addDocument(new Uint8Array(await readFile(path)), basename(path), ports, {
    ...(replaces !== undefined && { replaces }),
    onProgress: show(basename(path)),
  });
}

function report(path: string, added: Added): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  switch (added.kind) {
    case 'added': {
      const { document, replaced, newer } = added;
      console.log(`加入 ${path} → ${document.id}，${document.clauses} 条`);
      for (const line of factLines(document)) console.log(line);
      if (replaced)
        console.log(`  《${replaced.title}》（${replaced.id}）自 ${document.replacesFrom} 起不再引用，仍保留在库里`);
      if (newer) console.log(`  库里已有更新的一版（${newer.id}），这一份作为旧版保存`);
      return;
    }
    case 'known':
      console.log(
        `已在库中 ${path} → ${added.document.id}《${added.document.title}》${added.document.state === 'removed' ? `（已移除，可用 restore ${added.document.id} 恢复）` : ''}`,
      );
      return;
    case 'refused':
      console.log(`没有加入 ${path}：${added.message}［${added.code}］`);
      return;
    default:
      return added satisfies never;
  }
}

/** `npm run library -- add <file…> [--replaces ID] [--school ID | --common]` */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...WHOSE, replaces: { type: 'string' } },
  });
  if (positionals.length === 0 || (values.replaces !== undefined && positionals.length > 1)) {
    console.error(
      '用法：npm run library -- add <文件…> [--replaces 旧文件编号（只能加一份）] [--school 学校 | --common]',
    );
    return 2;
  }
  return withLibrary(values, async (library) => {
    let [refused, added] = [0, 0];
    for (const path of positionals) {
      const ended = await addFile(path, library, values.replaces);
      report(path, ended);
      if (ended.kind === 'refused') refused++;
      if (ended.kind === 'added') added++;
    }
    if (positionals.length > 1)
      console.log(`共 ${positionals.length} 份，${positionals.length - refused} 份在库，${refused} 份没有加入`);
    if (added > 0) console.log('请用 confirm 文件编号 确认读到的标题、日期等；有错就带上 --title、--issued 等改正');
    return refused > 0 ? 1 : 0;
  });
}
