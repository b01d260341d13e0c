import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from '@jest/globals';
import { openPostgres } from '../index.ts';

/**
 * A describe() for what must hold on a real PostgreSQL server. `newDatabase` answers the URL of an empty database of
 * its own. The server is one for the whole test run: a container where Docker runs, else local binaries. Where neither
 * is there the suite is skipped and says so; with ACCORD_REQUIRE_SERVERS=1 it fails. Use: `await describePostgres(…)`.
 */
export async function describePostgres(
  name: string,
  suite: (newDatabase: () => Promise<string>) => void,
): Promise<void> {
  const state = await serverOfThisRun();
  if ('url' in state) return void describe(name, () => suite(() => newDatabase(state.url)));
  const message = `NOT TESTED on a real PostgreSQL, which is not to be had here: ${state.unavailable}`;
  if (process.env.ACCORD_REQUIRE_SERVERS === '1') {
    return void it(name, () => {
      throw new Error(message);
    });
  }
  console.warn(`${name}: ${message}`);
  describe.skip(name, () => suite(() => Promise.reject(new Error(message))));
}

type State = { url: string } | { unavailable: string };

async function newDatabase(server: string): Promise<string> {
  const name = `accord_${randomBytes(6).toString('hex')}`;
  const db = await openPostgres({ url: server, max: 1 });
  // One at a time: PostgreSQL copies its template, which nobody else may use meanwhile.
  await db.query(`select pg_advisory_lock(1)`);
  await db.exec(`create database ${name}`).finally(() => db.close());
  return server.replace(/\/postgres$/, `/${name}`);
}

/** Whoever makes the run's folder first starts the server; the others wait for it. */
async function serverOfThisRun(): Promise<State> {
  const folder = process.env.ACCORD_TEST_RUN;
  if (!folder) throw new Error('Run by jest with test/support/global-setup.mjs: ACCORD_TEST_RUN is not set');
  if (makeFolder(folder)) startHost(folder);
  const file = join(folder, 'state.json');
  for (let tries = 0; tries < 1800; tries++) {
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as State;
    await sleep(100);
  }
  return { unavailable: 'the server did not start in 3 minutes' };
}

function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function startHost(folder: string): void {
  const script = join(import.meta.dirname, 'server-host.ts');
  const watched = process.env.ACCORD_TEST_PID ?? String(process.pid);
  const host = spawn(process.execPath, ['--no-warnings', script, folder, watched], { detached: true, stdio: 'ignore' });
  writeFileSync(join(folder, 'host.pid'), String(host.pid));
  host.unref();
}
