import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestHarness } from 'wrangler';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { canteenStory } from './canteen.ts';
import { schoolBehind } from './door.ts';

/** The same story on the very Worker that is deployed, under workerd with D1. */
const harness = createTestHarness({ root: ROOT, workers: [{ configPath: './wrangler.toml' }] });

beforeAll(async () => {
  await harness.listen();
  await harness.getWorker().applyD1Migrations('DB');
}, 120_000);
afterAll(() => harness.close());

describe('on Workers, over D1', () => {
  it('a matter goes from the group to a closed resolution', async () => {
    const school = schoolBehind({
      fetch: (path, body) =>
        harness.fetch(
          path,
          body === undefined
            ? {}
            : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
        ),
    });
    const { second } = await canteenStory(school);
    expect(second).toMatch(/^J\d+$/);
  }, 180_000);
});
