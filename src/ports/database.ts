/** The one thing a store needs from a database. SQL is the common part of SQLite, D1 and Postgres; `?` marks parameters. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly (string | number | null)[];
}

export interface Database {
  /** What `/healthz` calls it. */
  readonly name: 'sqlite' | 'd1' | 'postgres';
  all<Row>(sql: string, params?: Statement['params']): Promise<Row[]>;
  /** All or none, in order. Returns how many rows each statement changed. */
  batch(statements: readonly Statement[]): Promise<number[]>;
  /** A statement that stands alone and cannot fail on data: it may share its commit with others made at the same moment. */
  append(statement: Statement): Promise<number>;
  close(): Promise<void>;
}
