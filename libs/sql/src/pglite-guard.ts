import type { PGlite } from '@electric-sql/pglite';

/** What of PGlite's WebAssembly module its protocol loop calls (pglite.ts, execProtocolRawSync). */
interface Module {
  _PostgresMainLoopOnce(): void;
  _PostgresSendReadyForQueryIfNecessary(): void;
  _pgl_pq_flush(): void;
  stackRestore(pointer: number): void;
}

/** How PostgreSQL's own error handling leaves the loop; PGlite goes on from there. */
const LONGJMP = 100;

/**
 * Makes a PGlite that has aborted (a disk too full for the write-ahead log is enough) throw from then on. By itself its
 * protocol loop ignores the abort and turns for ever, and the whole process with it. Answers how to ask for the abort.
 */
export function guardAgainstAbort(db: PGlite): () => Error | undefined {
  const { mod } = db as unknown as { mod: Module };
  const run = mod._PostgresMainLoopOnce;
  let abort: Error | undefined;
  const fail = () => {
    throw abort;
  };
  mod._PostgresMainLoopOnce = () => {
    try {
      run();
    } catch (error) {
      if ((error as { status?: number }).status !== LONGJMP) {
        abort = error as Error;
        // The loop's own catch calls `stackRestore` first: the one way out of it.
        Object.assign(mod, { _PostgresMainLoopOnce: fail, stackRestore: fail });
        Object.assign(mod, { _PostgresSendReadyForQueryIfNecessary: () => {}, _pgl_pq_flush: () => {} });
      }
      throw error;
    }
  };
  return () => abort;
}
