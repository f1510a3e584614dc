import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { deedWords } from '../../src/office/deed-words.ts';

const folder = join(ROOT, 'src/office');
const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => readFileSync(join(folder, f), 'utf8'))
  .join('\n');

it('has Chinese words for every deed that is written down', () => {
  const acts = [...source.matchAll(/\.did\(\s*'([^']+)'|\bact: '([a-z]+(?:-[a-z]+)*)', about/g)].map(
    (m) => m[1] ?? m[2]!,
  );
  expect(acts.length).toBeGreaterThan(40);
  expect([...new Set(acts)].filter((act) => deedWords(act) === act)).toEqual([]);
});
