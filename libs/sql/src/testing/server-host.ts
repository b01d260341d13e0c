/** Keeps one PostgreSQL server for a whole test run. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries, startPostgres, stopPostgres } from '../../../platform/src/servers/postgres.ts';
import { keepServer, type Kept } from './keep-server.ts';

async function inDocker(): Promise<Kept> {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const container = await new PostgreSqlContainer('postgres:17-alpine')
    .withUsername('accord')
    .withDatabase('postgres')
    .start();
  return { state: { url: container.getConnectionUri() }, stop: async () => void (await container.stop()) };
}

async function onThisMachine(folder: string, signal: AbortSignal): Promise<Kept> {
  const bin = findBinaries();
  if (!bin) throw new Error('no initdb and postgres on the PATH or in /usr/lib/postgresql');
  const server = await startPostgres({ bin, folder, unsafe: true }, signal);
  const stop = () => stopPostgres(server.process, 'SIGQUIT');
  try {
    await answers(server.url, () => server.process.exitCode !== null || signal.aborted);
  } catch (error) {
    await stop();
    throw error;
  }
  return { state: { url: server.url }, stop };
}

async function answers(url: string, hasEnded: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !hasEnded(); tries++) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    try {
      await client.connect();
      return;
    } catch {
      await sleep(100);
    } finally {
      await client.end().catch(() => {});
    }
  }
  throw new Error('the local PostgreSQL did not start');
}

keepServer({ Docker: inDocker, 'local binaries': onThisMachine });
