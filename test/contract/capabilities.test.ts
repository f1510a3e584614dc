import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ALL, withTable } from '../../scripts/capabilities.ts';

it('says of each platform what can be counted on', () => {
  const named = (having: (c: (typeof ALL)[number]) => boolean) => ALL.filter(having).map(({ platform }) => platform);
  expect(named(({ hears }) => hears.groups === 'when-named')).toEqual(['feishu', 'wecom-aibot', 'wechaty']);
  expect(named(({ hears }) => !hears.direct)).toEqual(['wecom-robot']);
  expect(named(({ buttons }) => buttons === 0)).toEqual(['wecom-robot', 'wechaty']);
  for (const { maxTextBytes, perMinute } of ALL) expect(Math.min(maxTextBytes / 1000, perMinute)).toBeGreaterThan(2);
});

it('is told in the README as it is here', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  expect(readme).toBe(withTable(readme));
});
