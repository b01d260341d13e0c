/**
 * Why something failed, fit for a log: an error's own words, unless they may quote what was being worked on. A database's
 * do ("invalid input syntax … : "…"", and PGlite's errors carry the parameters besides), a JSON parser's too: of those the
 * name and the code are told.
 */
export function reasonOf(error: unknown): string {
  if (!isErrorLike(error)) return typeof error;
  const { name, message, code } = error;
  if (name === 'SyntaxError') return name;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? `${name} ${code}` : message;
}

/** Where something failed, and why: an error without what it carries along. */
export function failureOf(error: unknown): { reason: string; at: string[]; cause?: object } {
  const { stack, cause } = isErrorLike(error) ? error : { stack: undefined, cause: undefined };
  const at = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    reason: reasonOf(error),
    at: at.map((line) => line.trim()),
    ...(cause !== undefined && { cause: failureOf(cause) }),
  };
}

/** By its shape: Node's own errors come from another realm than the code under a test runner. */
function isErrorLike(error: unknown): error is Error & { code?: unknown } {
  return typeof error === 'object' && error !== null && 'message' in error;
}
