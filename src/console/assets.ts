import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assets, buildAssets } from './build.ts';

/** Where the web chat's files come from on Node. The Worker bundles `src/compiled/console.json` itself. */
const compiledFile = (root: string) => join(root, 'src/compiled/console.json');

const newestUnder = (folder: string): number =>
  Math.max(statSync(folder).mtimeMs, ...readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs));

function isStale(root: string): boolean {
  const file = compiledFile(root);
  if (!existsSync(file)) return true;
  const sources = [
    newestUnder(join(root, 'src/console')),
    newestUnder(join(root, 'src/console/client')),
    statSync(join(root, 'src/wording/phrases.ts')).mtimeMs,
  ];
  return statSync(file).mtimeMs < Math.max(...sources);
}

/** Builds the assets and keeps them in `src/compiled/console.json`. */
export async function compileAssets(root: string): Promise<Assets> {
  const assets = await buildAssets(root);
  const file = compiledFile(root);
  mkdirSync(join(root, 'src/compiled'), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(assets));
  renameSync(draft, file);
  return assets;
}

/** The assets, built anew first when a source is newer; an installation without esbuild keeps what was built before. */
export async function consoleAssets(root: string): Promise<Assets> {
  if (isStale(root)) {
    try {
      return await compileAssets(root);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
      if (!existsSync(compiledFile(root)))
        throw new Error('网页聊天还没有编译：请先运行 npm ci（不要加 --omit=dev）和 npm run compile。', {
          cause: error,
        });
    }
  }
  return JSON.parse(readFileSync(compiledFile(root), 'utf8')) as Assets;
}
