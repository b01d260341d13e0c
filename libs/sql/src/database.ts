/** Text of COPY, whole or in pieces: what is made while the database takes in the pieces before. */
export type CopyText = string | Uint8Array | Iterable<string>;

/** What runs a statement: a database, or a transaction in it. */
export interface Sql {
  /**
   * Runs one statement with `$1…` parameters and answers its rows. Both adapters read alike: int8 as number (or as
   * bigint beyond 2^53), timestamptz as Date, bytea as Uint8Array, json and jsonb parsed, arrays as arrays; date,
   * numeric, interval and xid8 as text. Parameters: arrays become PostgreSQL arrays, other objects JSON text; so a
   * JSON array is passed as JSON.stringify of it. Throws Unavailable where the store can't be used now.
   */
  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>;
  /** Runs a script of several statements, without parameters. */
  exec(script: string): Promise<void>;
  /**
   * COPY, the fastest way for many rows into one table. `into` names it with its columns: `gb.events (id, type)`. `rows`:
   * what `copyRows` makes, or bytes of the same form. A table under row-level security takes none: PostgreSQL refuses.
   */
  copy(into: string, rows: CopyText): Promise<void>;
}

/** A PostgreSQL: PGlite in the process, or a server by its URL. The SQL is the same. */
export interface Database extends Sql {
  /** Which one it is, for messages. */
  readonly kind: 'pglite' | 'postgres';
  /**
   * Commits when `work` resolves, rolls back when it rejects. Not nested: inside `work` only the given `sql` may be
   * awaited, because PGlite has one connection and a query on the database would wait for this very transaction.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /**
   * Calls back on each NOTIFY of the channel until the returned function is called. After a lost connection it calls
   * back once with '' when it listens again, because notifications may have been missed.
   */
  listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** One forward-only step of a schema. `name` never changes once released; `{schema}` in `sql` is the schema's name. */
export interface Migration {
  name: string;
  sql: string;
}
