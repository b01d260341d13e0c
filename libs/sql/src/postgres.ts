import pg from 'pg';
import { runCopy } from './postgres-copy.ts';
import type { CopyText, Database, Sql } from './database.ts';
import { PostgresListener } from './postgres-listener.ts';
import { toStoreError } from './unavailable.ts';
import { encodeParam, PARSERS } from './values.ts';

/** Reads every type as PARSERS says, so that rows are those of PGlite. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number) => PARSERS[oid] ?? ((text: string) => text)) as pg.CustomTypesConfig['getTypeParser'],
};

/**
 * Opens a pool of connections to a PostgreSQL server (15 or later). Each transaction has a connection of its own; one
 * more connection listens, once somebody does. Throws Unavailable where the server can't be reached.
 */
export async function openPostgres(options: { url: string; max?: number }): Promise<Database> {
  const config = { connectionString: options.url, types: TYPES, connectionTimeoutMillis: 10_000, keepAlive: true };
  const pool = new pg.Pool({ ...config, max: options.max ?? 10 });
  // An idle connection that breaks leaves the pool by itself; without a listener its error would end the process.
  pool.on('error', () => {});
  const db = new PostgresDatabase(pool, new PostgresListener(() => new pg.Client(config)));
  try {
    await db.query('select 1');
  } catch (error) {
    await db.close();
    throw error;
  }
  return db;
}

class PostgresDatabase implements Database {
  readonly kind = 'postgres';
  #closed: Promise<void> | undefined;

  constructor(
    private readonly pool: pg.Pool,
    private readonly listener: PostgresListener,
  ) {}

  query<Row>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    return runQuery<Row>(this.pool, text, params);
  }

  exec(script: string): Promise<void> {
    return runScript(this.pool, script);
  }

  async copy(into: string, rows: CopyText): Promise<void> {
    await this.transaction((sql) => sql.copy(into, rows));
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const client = await guarded(() => this.pool.connect());
    let broken: Error | undefined;
    const onError = (error: Error) => void (broken = error);
    client.on('error', onError);
    try {
      await runScript(client, 'begin isolation level read committed');
      const answer = await work(inTransaction(client));
      await commit(client);
      return answer;
    } catch (error) {
      await client.query('rollback').catch((lost: Error) => void (broken = lost));
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>> {
    return guarded(() => this.listener.listen(channel, callback));
  }

  close(): Promise<void> {
    this.#closed ??= Promise.all([this.listener.close(), this.pool.end()]).then(() => {});
    return this.#closed;
  }
}

function inTransaction(client: pg.PoolClient): Sql {
  return {
    query: <Row>(text: string, params: readonly unknown[] = []) => runQuery<Row>(client, text, params),
    exec: (script) => runScript(client, script),
    copy: (into, rows) => guarded(() => runCopy(client, into, rows)),
  };
}

/** PostgreSQL answers the commit of a failed transaction with a rollback, and no error. */
async function commit(client: pg.PoolClient): Promise<void> {
  const result = await guarded(() => client.query('commit'));
  if (result.command === 'ROLLBACK')
    throw new Error('The transaction was rolled back: one of its statements had failed');
}

type Runner = pg.Pool | pg.PoolClient;

async function runQuery<Row>(runner: Runner, text: string, params: readonly unknown[]): Promise<Row[]> {
  return guarded(async () => (await runner.query(text, params.map(encodeParam))).rows as Row[]);
}

async function runScript(runner: Runner, script: string): Promise<void> {
  await guarded(() => runner.query(script));
}

async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw toStoreError(error);
  }
}
