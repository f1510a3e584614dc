import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Imports point inwards: entry → http → assistant → wording, reading, library → rules → domain. Adapters, stores and
 * models implement ports and have never heard of the assistant; only entry brings the sides together. What a folder may
 * import is written here once; `npm run check` holds the code to it.
 */
const MAY: Readonly<Record<string, readonly string[]>> = {
  'src/domain': [],
  'src/rules': ['src/domain'],
  'src/library': ['src/domain', 'src/rules', 'src/ports'],
  'src/reading': ['src/domain', 'src/rules', 'src/library'],
  'src/ports': ['src/domain', 'src/rules'],
  'src/wording': ['src/domain', 'src/rules', 'src/library', 'src/reading', 'src/assistant/answer.ts'],
  'src/office': ['src/domain', 'src/ports', 'src/assistant/answer.ts'],
  'src/papers': ['src/domain', 'src/ports'],
  'src/assistant': [
    'src/domain',
    'src/rules',
    'src/library',
    'src/ports',
    'src/reading',
    'src/wording',
    'src/office',
    'src/papers',
  ],
  'src/http': ['src/domain', 'src/rules', 'src/ports', 'src/assistant', 'src/office', 'src/papers'],
  'src/console': ['src/domain', 'src/assistant', 'src/wording', 'src/compiled'],
  'src/documents': ['src/domain', 'src/ports', 'src/library'],
  'src/stores': ['src/domain', 'src/ports'],
  'src/models': ['src/domain', 'src/ports'],
  adapters: ['src/domain', 'src/ports'],
  'src/entry': ['src', 'adapters'],
};
/** Packages that only their rooms may name; `node:` is for the edges. */
const PACKAGES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^hono/, ['src/http', 'src/console', 'src/entry']],
  [/^@hono\/node-server/, ['src/entry']],
  [/^@langchain|^langchain/, ['src/models', 'src/library']],
  [/^@larksuiteoapi/, ['adapters/feishu']],
  [/^@wecom\//, ['adapters/wecom-aibot']],
  [/^wechaty|^file-box/, ['adapters/wechaty']],
  [/^fast-xml-parser/, ['adapters/wecom-app']],
  [/^yaml$/, ['src/entry']],
  [/^(?:mammoth|unpdf|hucre)/, ['src/documents']],
  // Of the document readers only the two that make a process of their own; the rest runs on Workers too.
  [
    /^node:/,
    ['src/documents/isolated.ts', 'src/documents/process.ts', 'src/entry', 'src/stores', 'src/console', 'adapters'],
  ],
];

const root = join(import.meta.dirname, '..');
const files = ['src', 'adapters'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.tsx?$/.test(f) && !f.startsWith('compiled') && !f.includes('node_modules'))
    .map((f) => join(top, f)),
);
const roomOf = (file: string): string => {
  const rooms = Object.keys(MAY).filter((r) => file.startsWith(`${r}/`));
  return rooms.toSorted((a, b) => b.length - a.length)[0] ?? file;
};

const wrong: string[] = [];
for (const file of files) {
  const room = roomOf(file);
  for (const [, target] of readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
    if (target!.startsWith('.')) {
      const to = relative(root, join(root, dirname(file), target!));
      // All may use what is the same everywhere; WeCom's three ways have one crypto, one error table and one markup.
      const common = file.startsWith('adapters/') && to.startsWith('adapters/shared/');
      const shared = common || (file.startsWith('adapters/wecom-') && to.startsWith('adapters/wecom-shared/'));
      const adapter = shared || (file.startsWith('adapters/') && to.startsWith(file.split('/').slice(0, 2).join('/')));
      const inside = room !== 'adapters' && to.startsWith(`${room}/`);
      if (!inside && !adapter && !(MAY[room] ?? []).some((r) => to === r || to.startsWith(`${r}/`)))
        wrong.push(`${file} imports ${to}; ${room} may import only ${MAY[room]?.join(', ') || 'nothing of ours'}`);
    } else
      for (const [pattern, rooms] of PACKAGES)
        if (pattern.test(target!) && !rooms.some((r) => file.startsWith(`${r}/`) || file.startsWith(r)))
          wrong.push(`${file} imports ${target}; only ${rooms.join(', ')} may`);
  }
}
for (const w of wrong) console.error(w);
console.log(
  wrong.length ? `${wrong.length} imports in the wrong direction` : `imports of ${files.length} files point inwards`,
);
process.exitCode = wrong.length ? 1 : 0;
