import { Problem, Unavailable } from '#contracts';

/** SQLSTATE classes: connection, resources (disk full, too many connections), operator's intervention, system's error. */
const STORE_CLASSES = new Set(['08', '53', '57', '58', 'XX']);
/** 25006: a standby, or a server that became read-only. 57014: a statement cancelled by its own timeout is not an outage. */
const STORE_CODES = new Set(['25006']);
const QUERY_CODES = new Set(['57014']);
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN|ENOSPC|EIO|EROFS|EMFILE|ENOENT)/;
const MESSAGES =
  /^(connection terminated|timeout exceeded when trying to connect|PGlite is clos|cannot use a pool after|client (has|was) .*not queryable)/i;

/**
 * What a driver threw, as callers shall see it: `Unavailable('store-unavailable')` with the driver's error as its
 * cause where the store can't be used now; any other error as it is.
 */
export function toStoreError(error: unknown): unknown {
  if (error instanceof Problem || !isErrorLike(error) || !isOutage(error)) return error;
  const problem = new Unavailable('store-unavailable', 'The data store cannot be used now.');
  problem.cause = error;
  return problem;
}

/** By its shape: Node's own errors come from another realm than the code under a test runner. */
function isErrorLike(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'message' in error;
}

function isOutage(error: Error): boolean {
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') return isOutageCode(code);
  // PGlite: once its server has stopped (a full disk ends it), WebAssembly's own errors are all that is left.
  return /^(RuntimeError|ExitStatus)$/.test(error.name) || MESSAGES.test(error.message);
}

function isOutageCode(code: string): boolean {
  if (QUERY_CODES.has(code)) return false;
  return (
    STORE_CODES.has(code) || (/^[0-9A-Z]{5}$/.test(code) && STORE_CLASSES.has(code.slice(0, 2))) || NETWORK.test(code)
  );
}
