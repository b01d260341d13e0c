import { closeSync, openSync } from 'node:fs';

/** Runs work with where a server's output goes: a file that it is added to, or nowhere. */
export function withOutput<T>(log: string | undefined, work: (out: 'ignore' | number) => T): T {
  if (log === undefined) return work('ignore');
  const file = openSync(log, 'a', 0o600);
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}
