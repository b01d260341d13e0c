import type { CopyText, Database, Sql } from '#sql';

/** The process ends here, or the connection to its database does. */
export class Crash extends Error {
  constructor() {
    super('crash');
    this.name = 'Crash';
  }
}

/** A database whose transactions may break off at any statement, before their commit or just after it. */
export class Crashing implements Database {
  #left: number | null = null;
  readonly kind;

  constructor(readonly plain: Database) {
    this.kind = plain.kind;
  }

  /** After so many statements within transactions; null: not any more. */
  crashIn(statements: number | null): void {
    this.#left = statements;
  }

  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]> {
    return this.plain.query<Row>(text, params);
  }

  exec(script: string): Promise<void> {
    return this.plain.exec(script);
  }

  copy(into: string, rows: CopyText): Promise<void> {
    return this.plain.copy(into, rows);
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const done = await this.plain.transaction(async (sql) => {
      return work({
        query: (text, params) => (this.#count(), sql.query(text, params)),
        exec: (script) => (this.#count(), sql.exec(script)),
        copy: (into, rows) => (this.#count(), sql.copy(into, rows)),
      });
    });
    // Committed, and nobody is told.
    this.#count();
    return done;
  }

  #count(): void {
    if (this.#left === null) return;
    this.#left -= 1;
    if (this.#left >= 0) return;
    this.#left = null;
    throw new Crash();
  }

  listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>> {
    return this.plain.listen(channel, callback);
  }

  close(): Promise<void> {
    return this.plain.close();
  }
}
