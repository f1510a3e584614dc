import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Database, Statement } from '../ports/database.ts';

/**
 * The embedded database. Writers take the lock at once (`BEGIN IMMEDIATE`): a deferred transaction that turns to writing
 * fails under contention whatever the busy timeout. WAL with NORMAL survives a killed process; a power cut may cost the
 * last moments, which the platforms deliver again.
 * @param path a file, or `:memory:`.
 */
export function sqliteDatabase(path: string, migrations: string): Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const raw = new DatabaseSync(path);
  raw.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON',
  );
  migrate(raw, migrations);

  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    let s = prepared.get(sql);
    if (!s) prepared.set(sql, (s = raw.prepare(sql)));
    return s;
  };
  const transaction = <T>(work: () => T): T => {
    raw.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      raw.exec('COMMIT');
      return result;
    } catch (error) {
      raw.exec('ROLLBACK');
      throw error;
    }
  };
  const run = ({ sql, params }: Statement): number => Number(statement(sql).run(...params).changes);

  /** Appends made in the same turn of the event loop share one commit. */
  let waiting: { statement: Statement; done: (changed: number) => void; failed: (error: unknown) => void }[] = [];
  const flush = () => {
    const group = waiting;
    waiting = [];
    try {
      const changed = transaction(() => group.map((w) => run(w.statement)));
      group.forEach((w, i) => w.done(changed[i]!));
    } catch (error) {
      for (const w of group) w.failed(error);
    }
  };

  return {
    name: 'sqlite',
    all: async <Row>(sql: string, params: Statement['params'] = []) => statement(sql).all(...params) as Row[],
    batch: async (statements) => transaction(() => statements.map(run)),
    append: (one) =>
      new Promise((done, failed) => {
        if (waiting.push({ statement: one, done, failed }) === 1) setImmediate(flush);
      }),
    close: () => {
      if (waiting.length > 0) flush();
      raw.close();
      return Promise.resolve();
    },
  };
}

/** Runs the migrations that have not run, each in its own transaction, in name order. */
function migrate(raw: DatabaseSync, folder: string): void {
  raw.exec('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)');
  const done = new Set(
    raw
      .prepare('SELECT name FROM migration')
      .all()
      .map((r) => r['name']),
  );
  for (const name of readdirSync(folder)
    .filter((f) => f.endsWith('.sql') && !done.has(f))
    .sort()) {
    raw.exec('BEGIN IMMEDIATE');
    if (raw.prepare('SELECT 1 FROM migration WHERE name = ?').get(name)) {
      raw.exec('COMMIT');
      continue;
    }
    raw.exec(readFileSync(join(folder, name), 'utf8'));
    raw.prepare('INSERT INTO migration (name) VALUES (?)').run(name);
    raw.exec('COMMIT');
  }
}
