import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestHarness } from 'wrangler';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { conversations } from './conversations.ts';

/** The very Worker that is deployed, under workerd with D1 and a queue. */
const harness = createTestHarness({ root: ROOT, workers: [{ configPath: './wrangler.toml' }] });
const worker = () => harness.getWorker();

beforeAll(async () => {
  await harness.listen();
  await worker().applyD1Migrations('DB');
}, 120_000);
afterAll(() => harness.close());

describe('on Workers, over D1', () => {
  conversations(
    () => (path, body) =>
      harness.fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  );

  it('names D1 as its store', async () => {
    expect(await (await harness.fetch('/healthz')).json()).toMatchObject({ status: 'ok', store: 'd1' });
  });
  it('runs its sweep from the cron trigger', async () => {
    expect((await worker().scheduled({ cron: '*/5 * * * *' })).outcome).toBe('ok');
  });
});
