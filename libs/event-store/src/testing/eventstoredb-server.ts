import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describeOn } from '../../../sql/src/testing/run-server.ts';

const SERVER = {
  name: 'EventStoreDB',
  kind: 'eventstoredb',
  host: join(import.meta.dirname, 'eventstoredb-host.ts'),
  isOptional: true,
};

/**
 * A describe() for what must hold on a real EventStoreDB: the one of EVENTSTOREDB_URL, else a container where Docker
 * runs. Where neither is there the suite is skipped and says so, also with ACCORD_REQUIRE_SERVERS=1: unlike the others
 * this server can't be started without Docker. Answers why it can't run. Use stores of your own: `newStorePrefix()`.
 */
export function describeEventStoreDb(name: string, suite: (connectionString: string) => void): Promise<string | null> {
  return describeOn<{ url: string }>(SERVER, name, ({ url }) => suite(url));
}

/** What no other test's streams begin with, on a server that many tests and runs share. */
export function newStorePrefix(): string {
  return `t${randomBytes(8).toString('hex')}-`;
}
