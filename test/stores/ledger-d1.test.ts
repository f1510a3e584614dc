import { afterAll, beforeAll } from 'vitest';
import { createTestHarness } from 'wrangler';
import type { D1Database } from '@cloudflare/workers-types';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { d1Database } from '../../src/stores/d1.ts';
import { ledgerContract } from './ledger-contract.ts';

/** D1 as workerd runs it, with the migrations as wrangler applies them. */
const harness = createTestHarness({ root: ROOT, workers: [{ configPath: './wrangler.toml' }] });
let d1: D1Database;
beforeAll(async () => {
  await harness.listen();
  await harness.getWorker().applyD1Migrations('DB');
  d1 = (await harness.getWorker<{ DB: D1Database }>().getEnv()).DB;
}, 120_000);
afterAll(() => harness.close());

ledgerContract('D1', async () => d1Database(d1));
