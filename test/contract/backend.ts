import type { Database } from '../../src/ports/database.ts';

/** A database that can be made to fail, as one that is locked or whose disk is away. */
export interface Backend {
  readonly db: Database;
  /** Everything fails from now on, until the returned function is called. */
  down(): () => void;
}

export function backendOn(db: Database): Backend {
  let failing = false;
  const orThrow = <T>(work: () => Promise<T>): Promise<T> =>
    failing ? Promise.reject(new Error('database is locked')) : work();
  return {
    db: {
      name: db.name,
      all: (sql, params) => orThrow(() => db.all(sql, params)),
      batch: (statements) => orThrow(() => db.batch(statements)),
      append: (statement) => orThrow(() => db.append(statement)),
      close: () => db.close(),
    },
    down() {
      failing = true;
      return () => void (failing = false);
    },
  };
}
