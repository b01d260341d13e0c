/**
 * A process of its own that keeps one PostgreSQL server for a whole test run: `server-host.ts FOLDER PID`. It writes
 * FOLDER/state.json once the server answers (or can't be had), and stops the server when asked by SIGTERM or when the
 * run's process PID is gone, however that ended. Plain Node runs it, so it imports no library by its alias.
 */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries, startLocal, stopLocal } from './local-postgres.ts';

const [folder, watched] = [process.argv[2]!, Number(process.argv[3])];
let stopServer: () => Promise<void> = async () => {};
const stopping = new AbortController();
let starting: Promise<void> = Promise.resolve();

function tell(state: { url: string } | { unavailable: string }): void {
  writeFileSync(join(folder, 'state.tmp'), JSON.stringify(state));
  renameSync(join(folder, 'state.tmp'), join(folder, 'state.json'));
}

async function stop(): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  await starting.catch(() => {});
  await stopServer().catch(() => {});
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  process.exit(0);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function inDocker(): Promise<string> {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const container = await new PostgreSqlContainer('postgres:17-alpine')
    .withUsername('accord')
    .withDatabase('postgres')
    .start();
  stopServer = async () => void (await container.stop());
  return container.getConnectionUri();
}

async function onThisMachine(): Promise<string> {
  const bin = findBinaries();
  if (!bin) throw new Error('no initdb and postgres on the PATH or in /usr/lib/postgresql');
  const server = await startLocal(bin, folder, stopping.signal);
  stopServer = () => stopLocal(server.process);
  await answers(server.url, () => server.process.exitCode !== null || stopping.signal.aborted);
  return server.url;
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

async function start(): Promise<void> {
  const reasons: string[] = [];
  for (const [name, begin] of Object.entries({ Docker: inDocker, 'local binaries': onThisMachine })) {
    if (stopping.signal.aborted) return;
    try {
      return tell({ url: await begin() });
    } catch (error) {
      reasons.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
  }
  tell({ unavailable: reasons.join('; ') });
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop());
setInterval(() => void (isRunning(watched) || stop()), 250);
starting = start();
