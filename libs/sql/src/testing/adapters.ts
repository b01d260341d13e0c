import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Notes for the end of the run which adapter of a port the port's contract suite runs on, or why it can't:
 * `unavailable` is what describePostgres and its like answer. (test/support/adapters.mjs tells them all.)
 */
export function noteAdapter(port: string, adapter: string, unavailable: string | null = null): void {
  const folder = `${process.env.ACCORD_TEST_RUN}-adapters`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${port}.${adapter}.json`), JSON.stringify({ port, adapter, unavailable }));
}
