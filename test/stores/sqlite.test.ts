import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { dataFolder } from '../fakes/process.ts';
import { storeContract } from './contract.ts';

const migrations = join(ROOT, 'migrations');
storeContract('SQLite', async () => sqliteDatabase(':memory:', migrations));

it('lets three processes write at once without “database is locked”, and counts right', async () => {
  const folder = dataFolder();
  const file = join(folder, 'yishi.db');
  const first = sqliteDatabase(file, migrations);
  await first.batch([
    { sql: 'CREATE TABLE counter (n BIGINT)', params: [] },
    { sql: 'INSERT INTO counter VALUES (0)', params: [] },
  ]);
  const program = join(folder, 'count.ts');
  writeFileSync(
    program,
    `
    import { sqliteDatabase } from ${JSON.stringify(join(ROOT, 'src/stores/sqlite.ts'))};
    const db = sqliteDatabase(${JSON.stringify(file)}, ${JSON.stringify(migrations)});
    for (let i = 0; i < 300; i++) await db.batch([{ sql: 'SELECT n FROM counter', params: [] }, { sql: 'UPDATE counter SET n = n + 1', params: [] }]);
    await db.close();`,
  );
  const codes = await Promise.all(
    [1, 2, 3].map(() => new Promise((done) => fork(program, { execArgv: ['--no-warnings'] }).once('exit', done))),
  );
  expect(codes).toEqual([0, 0, 0]);
  expect(await first.all('SELECT n FROM counter')).toEqual([{ n: 900 }]);
  await first.close();
});
