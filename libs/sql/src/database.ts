/** What runs a statement: a database, or a transaction in it. */
export interface Sql {
  /**
   * Runs one statement with `$1…` parameters and answers its rows. Both adapters read alike: int8 as number (or as
   * bigint beyond 2^53), timestamptz as Date, bytea as Uint8Array, json and jsonb parsed, arrays as arrays.
   */
  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>;
}

/** A PostgreSQL: PGlite in the process, or a server by its URL. The SQL is the same. */
export interface Database extends Sql {
  /** Which one it is, for messages. */
  readonly kind: 'pglite' | 'postgres';
  /** Runs a script of several statements, without parameters. */
  exec(script: string): Promise<void>;
  /** Commits when `work` resolves, rolls back when it rejects. Not nested. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Calls back on each NOTIFY of the channel until the returned function is called. */
  listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** One forward-only step of a schema. `name` never changes once released; `{schema}` in `sql` is the schema's name. */
export interface Migration {
  name: string;
  sql: string;
}
