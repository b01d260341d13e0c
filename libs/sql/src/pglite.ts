import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import type { CopyText, Database, Sql } from './database.ts';
import { lockDirectory } from './directory-lock.ts';
import { emptyCluster } from './empty-cluster.ts';
import { guardAgainstAbort } from './pglite-guard.ts';
import { Statements } from './pglite-statements.ts';
import { toStoreError } from './unavailable.ts';

/**
 * Opens a PGlite in this process: in a directory (made where it is missing, and owned by one process at a time; a
 * second one is refused), or in memory. One connection: transactions run one after the other, in the order asked.
 * A killed process loses nothing that was committed; a power cut may, since PGlite doesn't fsync.
 */
export async function openPglite(dir: string | 'memory://'): Promise<Database> {
  if (dir === 'memory://') return new PgliteDatabase(await create(dir), async () => {});
  const path = resolve(dir);
  // PGlite's files are readable for everyone, so their directory is not.
  await mkdir(path, { recursive: true, mode: 0o700 });
  const unlock = await lockDirectory(path);
  try {
    return new PgliteDatabase(await create(path), unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function create(dataDir: string): Promise<PGlite> {
  const isNew = dataDir === 'memory://' || !existsSync(join(dataDir, 'PG_VERSION'));
  return PGlite.create(isNew ? { dataDir, loadDataDir: await emptyCluster() } : { dataDir });
}

class PgliteDatabase implements Database {
  readonly kind = 'pglite';
  readonly #aborted: () => Error | undefined;
  readonly #statements: Statements;
  #closed: Promise<void> | undefined;

  constructor(
    private readonly db: PGlite,
    private readonly unlock: () => Promise<void>,
  ) {
    this.#aborted = guardAgainstAbort(db);
    this.#statements = new Statements(db);
  }

  query<Row>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    // Not within a transaction of somebody else's: they share the one connection.
    return guarded(() => this.db._runExclusiveTransaction(() => this.#statements.run<Row>(text, params)));
  }

  exec(script: string): Promise<void> {
    return guarded(async () => {
      await this.db.exec(script);
      this.#statements.noteScript(script);
    });
  }

  copy(into: string, rows: CopyText): Promise<void> {
    return runCopy(this.db, into, rows);
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    let thrown: { error: unknown } | undefined;
    const run = async (tx: Transaction): Promise<T> => {
      this.#statements.noteBegin();
      try {
        return await work(inTransaction(tx, this.#statements));
      } catch (error) {
        this.#statements.noteRollback();
        thrown = { error };
        throw error;
      }
    };
    try {
      return await this.db.transaction(run);
    } catch (error) {
      throw thrown ? thrown.error : toStoreError(error);
    }
  }

  async listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>> {
    const quoted = quoteChannel(channel);
    let stopped = false;
    const heard = (payload: string) => void (stopped || callback(payload));
    await guarded(() => this.db.listen(quoted, heard));
    return async () => {
      stopped = true;
      // Not the function that `listen` answers: it forgets the quotes, and so stops nothing.
      if (!this.#closed && !this.#aborted()) await this.db.unlisten(quoted, heard);
    };
  }

  close(): Promise<void> {
    this.#closed ??= (this.#aborted() ? Promise.resolve() : this.db.close()).finally(this.unlock);
    return this.#closed;
  }
}

function inTransaction(tx: Transaction, statements: Statements): Sql {
  return {
    query: <Row>(text: string, params: readonly unknown[] = []) =>
      guarded(() => {
        if (tx.closed) throw new Error('Transaction is closed');
        return statements.run<Row>(text, params);
      }),
    exec: (script) =>
      guarded(async () => {
        await tx.exec(script);
        statements.noteScript(script);
      }),
    copy: (into, rows) => runCopy(tx, into, rows),
  };
}

type Piece = string | Uint8Array<ArrayBuffer>;

/** PGlite has no COPY over its protocol, but a device that reads what is given with the statement. */
function runCopy(db: Pick<Transaction, 'query'>, into: string, rows: CopyText): Promise<void> {
  const blob = new Blob(typeof rows === 'string' || rows instanceof Uint8Array ? [rows as Piece] : [...rows]);
  return guarded(async () => void (await db.query(`copy ${into} from '/dev/blob'`, [], { blob })));
}

/** PGlite puts the channel into SQL as it is, folding it as PostgreSQL does unless quoted. */
function quoteChannel(channel: string): string {
  return `"${channel.replaceAll('"', '""')}"`;
}

async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw toStoreError(error);
  }
}
