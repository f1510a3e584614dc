import type { D1Database } from '@cloudflare/workers-types';
import type { Database, Statement } from '../ports/database.ts';

/** Cloudflare D1: no open transactions, but a batch is one. Migrations are applied by wrangler. */
export function d1Database(d1: D1Database): Database {
  const bind = ({ sql, params }: Statement) => d1.prepare(sql).bind(...params);
  const batch = async (statements: readonly Statement[]) =>
    (await d1.batch(statements.map(bind))).map((r) => r.meta.changes);
  return {
    name: 'd1',
    all: async <Row>(sql: string, params: Statement['params'] = []) => (await bind({ sql, params }).all<Row>()).results,
    batch,
    append: async (statement) => (await batch([statement]))[0] ?? 0,
    close: () => Promise.resolve(),
  };
}
