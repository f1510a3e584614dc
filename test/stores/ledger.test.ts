import { join } from 'node:path';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { dataFolder } from '../fakes/process.ts';
import { ledgerContract } from './ledger-contract.ts';

const migrations = join(ROOT, 'migrations');
ledgerContract('SQLite in memory', async () => sqliteDatabase(':memory:', migrations));
ledgerContract('a SQLite file', async () => sqliteDatabase(join(dataFolder(), 'yishi.db'), migrations));
