import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** The web chat's script and style as strings, so that a runtime without files can serve them too. */
export interface Assets {
  readonly script: string;
  readonly style: string;
  /** Of both together: part of their addresses, so that browsers may keep them for good. */
  readonly hash: string;
}

/** School computers are often some years old. The style sheets are written for them by hand. */
const LANGUAGE = 'es2020';

/** Bundles `client/` with esbuild, which is loaded only when there is something to build. */
export async function buildAssets(root: string): Promise<Assets> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/console/client/main.tsx')],
    outdir: 'out',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: LANGUAGE,
    charset: 'utf8',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx/dom',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const textOf = (ending: string) => outputFiles.find((f) => f.path.endsWith(ending))?.text ?? '';
  const [script, style] = [textOf('.js'), textOf('.css')];
  return { script, style, hash: createHash('sha256').update(script).update(style).digest('hex').slice(0, 12) };
}
