import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { ledgersOn } from '../../src/stores/ledger.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { dataFolder, until } from '../fakes/process.ts';

const migrations = join(ROOT, 'migrations');

/**
 * A process that commits in a loop: each commit moves two records by one and counts in a third, with a send. `times` ends
 * it by itself.
 */
function writer(folder: string, file: string, name: string, times = Infinity): ChildProcess {
  const program = join(folder, `${name}.ts`);
  writeFileSync(
    program,
    `
    import { sqliteDatabase } from ${JSON.stringify(join(ROOT, 'src/stores/sqlite.ts'))};
    import { ledgersOn } from ${JSON.stringify(join(ROOT, 'src/stores/ledger.ts'))};
    const db = sqliteDatabase(${JSON.stringify(file)}, ${JSON.stringify(migrations)});
    const ledger = ledgersOn(db).forSchool('s');
    const conversation = { kind: 'direct', id: 'c' };
    for (let done = 0; done < ${times}; ) {
      const { head, records } = await ledger.show();
      const last = (records.counter.get('n')?.last ?? 0) + 1;
      const puts = ['n', 'm'].map((id) => ({ kind: 'counter', record: { id, last }, open: true }));
      puts.push({ kind: 'snooze', record: { id: ${JSON.stringify(name)} + last, member: 'x', about: '*', until: '', why: '' }, open: false });
      const deeds = [{ by: ${JSON.stringify(name)}, act: 'count', about: 'n', detail: last }, { by: 'system', act: 'told', about: 'n' }];
      const sends = [{ key: 'k' + last, platform: 'web', app: 'a', conversation, reply: { text: String(last) } }];
      if ((await ledger.commit({ head, at: last, puts, deeds, sends })) === 'saved') done++;
      else process.send?.('stale');
    }
    await db.close();`,
  );
  return fork(program, { execArgv: ['--no-warnings'] });
}

const ended = (child: ChildProcess) =>
  new Promise<unknown>((done) => child.once('exit', (code, signal) => done(code ?? signal)));

it('loses nothing with two replicas writing one file, though some commits are stale', async () => {
  const folder = dataFolder();
  const file = join(folder, 'yishi.db');
  const db = sqliteDatabase(file, migrations);
  const children = ['left', 'right'].map((name) => writer(folder, file, name, 150));
  let stale = 0;
  for (const child of children) child.on('message', () => stale++);
  expect(await Promise.all(children.map(ended))).toEqual([0, 0]);
  const ledger = ledgersOn(db).forSchool('s');
  expect(stale).toBeGreaterThan(0);
  expect(await ledger.get('counter', 'n')).toEqual({ id: 'n', last: 300 });
  const counted = (await ledger.deeds({ limit: 1000 })).filter((d) => d.act === 'count');
  expect(counted.map((d) => d.detail)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
  for (const name of ['left', 'right']) expect(counted.filter((d) => d.by === name)).toHaveLength(150);
  expect(await ledger.verify()).toMatchObject({ deeds: 600 });
  expect((await ledger.verify()).fault).toBeUndefined();
  await db.close();
}, 60_000);

it('has nothing half written when the process is killed while it writes, time after time', async () => {
  const folder = dataFolder();
  const file = join(folder, 'yishi.db');
  const db = sqliteDatabase(file, migrations);
  const ledger = ledgersOn(db).forSchool('s');
  for (let round = 0; round < 6; round++) {
    const before = (await ledger.show()).head.seq;
    const child = writer(folder, file, `round${round}`);
    const gone = ended(child);
    await until(
      async () => (await ledger.show()).head.seq,
      (seq) => seq > before + 20 + round * 7,
    );
    child.kill('SIGKILL');
    expect(await gone).toBe('SIGKILL');
    const { head, records } = await ledger.show();
    const last = records.counter.get('n')!.last;
    expect(head.seq).toBe(2 * last);
    expect(records.counter.get('m')!.last).toBe(last);
    expect(await ledger.past('snooze', 9999)).toHaveLength(last);
    expect(await db.all('SELECT count(*) AS n FROM outbox')).toEqual([{ n: last }]);
    expect(await ledger.verify()).toEqual({ deeds: head.seq, head });
  }
  await db.close();
}, 60_000);
