import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestHarness } from 'wrangler';
import onNode from './on-worker/entry.ts';
import { partsOf, textOf } from './read-back.ts';

/** The same routes here and as a Worker, under workerd. */
const root = join(import.meta.dirname, 'on-worker');
const harness = createTestHarness({ root, workers: [{ configPath: './wrangler.toml' }] });
beforeAll(() => harness.listen(), 120_000);
afterAll(() => harness.close());

const there = async (path: string) => new Uint8Array(await (await harness.fetch(path)).arrayBuffer());
const here = async (path: string) => new Uint8Array(await (await onNode.request(path)).arrayBuffer());

it.each(['item-form', 'notice', 'agenda', 'record', 'minutes', 'follow-up'])(
  'makes the same %s as Node',
  async (kind) => {
    const path = `/papers/${kind}/J5?from=secretary`;
    const text = await textOf(await there(path));
    expect(text).toBe(await textOf(await here(path)));
    expect(text).toContain('食堂承包商');
  },
);

it('packs the same folder', async () => {
  const names = [...partsOf(await there('/papers/folder/Y12?from=office')).keys()];
  expect(names).toEqual([...partsOf(await here('/papers/folder/Y12?from=office')).keys()]);
  expect(names).toContain('01-议题申报单-Y12-关于更换食堂承包商的请示.docx');
});
