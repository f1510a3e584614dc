import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import type { Database } from '../../src/ports/database.ts';
import { canonical } from '../../src/stores/ledger-chain.ts';
import { ledgersOn } from '../../src/stores/ledger.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { deedOn, duty, put } from './ledger-contract.ts';

type Row = Readonly<Record<string, string | number>>;

/** A log of six deeds over three records, one of them closed. */
async function aLog() {
  const db = sqliteDatabase(':memory:', join(ROOT, 'migrations'));
  const ledger = ledgersOn(db).forSchool('s');
  for (const id of ['P1', 'P2', 'P3']) await deedOn(ledger, [put(duty(id))]);
  await deedOn(ledger, [put(duty('P2', '主题党日'))]);
  await deedOn(ledger, [put(duty('P3'), false)]);
  await deedOn(ledger, []);
  const run = (sql: string, ...params: (string | number)[]) => db.batch([{ sql, params }]);
  return { db, ledger, run };
}

/** Sets one column of one row, and puts it back. */
async function changed(db: Database, table: string, key: Row, column: string, value: string | number) {
  const where = Object.keys(key)
    .map((k) => `${k} = ?`)
    .join(' AND ');
  const sql = `UPDATE ${table} SET ${column} = ? WHERE ${where}`;
  const [row] = await db.all<Row>(`SELECT * FROM ${table} WHERE ${where}`, Object.values(key));
  await db.batch([{ sql, params: [value, ...Object.values(key)] }]);
  const now = column in key ? { ...key, [column]: value } : key;
  const back = Object.keys(now)
    .map((k) => `${k} = ?`)
    .join(' AND ');
  return async () =>
    void (await db.batch([
      { sql: `UPDATE ${table} SET ${column} = ? WHERE ${back}`, params: [row![column]!, ...Object.values(now)] },
    ]));
}

/** Every value one byte away in one place: each character of a text in turn, a number one up. */
const nearTo = (value: string | number): (string | number)[] =>
  typeof value === 'number'
    ? [value + 1, -value - 1]
    : Array.from(
        { length: value.length },
        (_, i) => `${value.slice(0, i)}${value[i] === '~' ? '}' : '~'}${value.slice(i + 1)}`,
      );

describe('verify', () => {
  it('finds any changed byte of any deed, and says at which', async () => {
    const { db, ledger } = await aLog();
    const rows = await db.all<Row>('SELECT * FROM deed ORDER BY seq');
    let tried = 0;
    for (const row of rows)
      for (const column of Object.keys(row))
        for (const value of nearTo(row[column]!)) {
          const key = { school: row['school']!, seq: row['seq']! };
          if (column === 'seq' && rows.some((r) => r['seq'] === value)) continue;
          const undo = await changed(db, 'deed', key, column, value);
          const { fault } = await ledger.verify();
          expect(fault, `deed ${row['seq']}, ${column} = ${value}`).toBeDefined();
          expect([row['seq'], Number(row['seq']) + 1]).toContain(fault!.seq);
          await undo();
          tried++;
        }
    expect(tried).toBeGreaterThan(1200);
    expect((await ledger.verify()).fault).toBeUndefined();
  });

  it('finds any changed byte of any record, and says which deed wrote it', async () => {
    const { db, ledger } = await aLog();
    const wroteLast: Record<string, number> = { P1: 1, P2: 4, P3: 5 };
    for (const row of await db.all<Row>('SELECT * FROM record'))
      for (const column of Object.keys(row))
        for (const value of nearTo(row[column]!)) {
          const key = { school: row['school']!, kind: row['kind']!, id: row['id']! };
          const undo = await changed(db, 'record', key, column, value);
          const { fault } = await ledger.verify();
          expect(fault, `${row['id']}, ${column} = ${value}`).toBeDefined();
          expect(fault!.seq).toBe(wroteLast[String(row['id'])]);
          await undo();
        }
    expect((await ledger.verify()).fault).toBeUndefined();
  });

  it('finds a changed byte of the head kept beside the log', async () => {
    const { db, ledger } = await aLog();
    const [row] = await db.all<Row>('SELECT * FROM chain');
    for (const column of Object.keys(row!))
      for (const value of nearTo(row![column]!)) {
        const undo = await changed(db, 'chain', { school: 's' }, column, value);
        expect((await ledger.verify()).fault, `${column} = ${value}`).toBeDefined();
        await undo();
      }
  });

  it('finds a deed taken out, at the start, in the middle and at the end', async () => {
    for (const seq of [1, 3, 6]) {
      const { ledger, run } = await aLog();
      await run('DELETE FROM deed WHERE seq = ?', seq);
      const { fault, deeds } = await ledger.verify();
      expect({ ...fault, deeds }).toMatchObject({ seq, deeds: seq - 1 });
      expect(fault!.what).toMatch(/不见了|少了/);
    }
  });

  it('finds a record taken out, and one that no deed wrote', async () => {
    const { ledger, run } = await aLog();
    await run(`DELETE FROM record WHERE id = 'P2'`);
    expect((await ledger.verify()).fault).toEqual({ seq: 4, what: 'duty/P2 不见了' });
    const other = await aLog();
    await other.run(`INSERT INTO record VALUES ('s', 'duty', 'P9', 2, 1, '{}')`);
    expect((await other.ledger.verify()).fault).toMatchObject({ what: 'duty/P9 没有任何一条记录写过它' });
  });

  it('finds a log cut off with its head, by the records it wrote', async () => {
    const { db, ledger, run } = await aLog();
    const [third] = await db.all<Row>('SELECT hash FROM deed WHERE seq = 3');
    await run('DELETE FROM deed WHERE seq > 3');
    await run('UPDATE chain SET seq = 3, hash = ?', third!['hash']!);
    expect((await ledger.verify()).fault?.what).toMatch(/duty\/P2/);
  });

  it('finds a whole register set back by a head noted down outside, and only by it', async () => {
    const { db, ledger, run } = await aLog();
    const { head } = await ledger.show();
    expect((await ledger.verify(head)).fault).toBeUndefined();
    const [fifth] = await db.all<Row>('SELECT hash FROM deed WHERE seq = 5');
    // The last deed wrote no record: with the head beside the log changed too, nothing inside shows that it is gone.
    await run('DELETE FROM deed WHERE seq = 6');
    await run('UPDATE chain SET seq = 5, hash = ?', fifth!['hash']!);
    expect((await ledger.verify()).fault).toBeUndefined();
    expect((await ledger.verify(head)).fault).toMatchObject({ seq: 6 });
    await deedOn(ledgersOn(db).forSchool('s'), [put(duty('P7'))]);
    expect((await ledger.verify(head)).fault).toMatchObject({ seq: 6, what: '第 6 条与另外记下的校验值不符' });
  });

  it('is content while others write', async () => {
    const { ledger } = await aLog();
    const writing = (async () => {
      for (let i = 0; i < 150; i++) await deedOn(ledger, [put(duty(`P${(i % 9) + 1}`, `第${i}次`))]);
    })();
    for (let i = 0; i < 30; i++) expect((await ledger.verify()).fault).toBeUndefined();
    await writing;
    expect(await ledger.verify()).toMatchObject({ deeds: 156 });
  });
});

it('writes JSON one way only, whatever the order of the keys', () => {
  expect(canonical({ b: [1, undefined, { y: null, x: 'é"\n' }], a: undefined, A: -0 })).toBe(
    '{"A":0,"b":[1,null,{"x":"é\\"\\n","y":null}]}',
  );
  expect(canonical({ 10: 1, 9: 2 })).toBe(canonical({ 9: 2, 10: 1 }));
});
