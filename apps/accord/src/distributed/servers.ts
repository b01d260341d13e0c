import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries, freePort, startKafka, startPostgres, stopKafka, stopPostgres } from '#platform/servers';
import { openPostgres, type Database } from '#sql';
import type { Home } from '../home/home.ts';
import { hasEnded, type Piece } from './piece.ts';

const PAUSE_MS = 50;
const PATIENCE_MS = 60_000;

/** A file's last line that isn't empty. */
const lastLine = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').at(-1) ?? '';
  } catch {
    return '';
  }
};

const folderOf = (home: Home, server: string): { folder: string; log: string } => {
  mkdirSync(home.path('servers', server), { recursive: true });
  mkdirSync(home.path('logs'), { recursive: true });
  return { folder: home.path('servers', server), log: home.path('logs', `${server}.log`) };
};

/** Starts Kafka on a free port. Its log stays in the data directory. */
export const startBroker = async (
  home: Home,
  users: Record<string, string>,
  signal: AbortSignal,
): Promise<{ piece: Piece; broker: string }> => {
  const { folder, log } = folderOf(home, 'kafka');
  const port = await freePort();
  const child = await startKafka({ folder, port, users, log }, signal);
  const stop = () => stopKafka(child, 'SIGTERM');
  return {
    piece: { name: 'Kafka', process: child, stop, lastWords: () => lastLine(log) },
    broker: `127.0.0.1:${port}`,
  };
};

/** Starts PostgreSQL on a free port. Resolves at once: `superuser` waits until it answers. */
export const startDatabase = async (home: Home, signal: AbortSignal): Promise<{ piece: Piece; url: string }> => {
  const bin = findBinaries();
  if (!bin)
    throw new Error('There is no initdb and postgres on the PATH or in /usr/lib/postgresql: install PostgreSQL.');
  const { folder, log } = folderOf(home, 'postgres');
  // PostgreSQL refuses to run as root: the user that it runs as must pass through here, and sees no file by it.
  for (const path of process.getuid?.() === 0 ? [home.dir, home.path('servers')] : []) chmodSync(path, 0o711);
  const server = await startPostgres({ bin, folder, log }, signal);
  const stop = () => stopPostgres(server.process, 'SIGINT');
  return {
    piece: { name: 'PostgreSQL', process: server.process, stop, lastWords: () => lastLine(log) },
    url: server.url,
  };
};

/** The server's superuser, as soon as it answers. */
export const superuser = async (url: string, piece: Piece, signal: AbortSignal): Promise<Database> => {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await openPostgres({ url, max: 1 });
    } catch (error) {
      signal.throwIfAborted();
      if (hasEnded(piece.process) || Date.now() > end)
        throw new Error(`PostgreSQL did not start: ${piece.lastWords()}`, { cause: error });
      await sleep(PAUSE_MS);
    }
  }
};
