import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openPostgres } from '../index.ts';
import { describeOn } from './run-server.ts';

const SERVER = { name: 'PostgreSQL', kind: 'postgres', host: join(import.meta.dirname, 'server-host.ts') };

/**
 * A describe() for what must hold on a real PostgreSQL server. `newDatabase` answers the URL of an empty database of
 * its own. The server is one for the whole test run: a container where Docker runs, else local binaries. Where neither
 * is there the suite is skipped and says so; with ACCORD_REQUIRE_SERVERS=1 it fails. Answers why it can't run. Use: `await describePostgres(…)`.
 */
export function describePostgres(
  name: string,
  suite: (newDatabase: () => Promise<string>) => void,
): Promise<string | null> {
  return describeOn<{ url: string }>(SERVER, name, ({ url }) => suite(() => newDatabase(url)));
}

async function newDatabase(server: string): Promise<string> {
  const name = `accord_${randomBytes(6).toString('hex')}`;
  const db = await openPostgres({ url: server, max: 1 });
  // One at a time: PostgreSQL copies its template, which nobody else may use meanwhile.
  await db.query(`select pg_advisory_lock(1)`);
  await db.exec(`create database ${name}`).finally(() => db.close());
  return server.replace(/\/postgres$/, `/${name}`);
}
