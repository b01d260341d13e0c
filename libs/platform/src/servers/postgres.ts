import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { environment } from '../config/config.ts';
import { deployed } from './maven.ts';
import { withOutput } from './output.ts';
import { freePort } from './ports.ts';

/** What compose mounts, too. */
export const POSTGRES_CONFIG = join(deployed('postgres'), 'postgresql.conf');

/** A PostgreSQL server that this process started, and the URL of its superuser's database. */
export interface LocalServer {
  url: string;
  process: ChildProcess;
}

/** The folder of initdb and postgres: on the PATH, or where Debian keeps them (the newest). Null where there is none. */
export function findBinaries(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = list(debian).sort((a, b) => Number(b) - Number(a));
  const folders = [
    ...(environment().PATH ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  return folders.find((folder) => isProgram(join(folder, 'initdb')) && isProgram(join(folder, 'postgres'))) ?? null;
}

export interface PostgresSetup {
  /** The folder of initdb and postgres: findBinaries(). */
  bin: string;
  /** An empty folder, or that of an earlier start. Where this runs as root it is given to an unprivileged user. */
  folder: string;
  /** By default a free one. */
  port?: number;
  /** Whether a power cut may lose data. */
  unsafe?: boolean;
  /** A file for what the server prints. */
  log?: string;
}

/**
 * Serves the cluster of a folder on loopback, with a password; makes it where it is missing. Doesn't wait until the
 * server answers.
 */
export async function startPostgres(setup: PostgresSetup, signal?: AbortSignal): Promise<LocalServer> {
  const { bin, folder, unsafe = false } = setup;
  const user = unprivileged();
  const data = join(folder, 'data');
  const options = { ...user, cwd: folder, env: { PATH: environment().PATH, TZ: 'UTC', LC_ALL: 'C' } };
  if (!existsSync(join(data, 'PG_VERSION'))) await makeCluster(setup, data, options, signal);
  const password = readFileSync(join(folder, 'password'), 'utf8').trim();
  const port = setup.port ?? (await freePort());
  signal?.throwIfAborted();
  const settings = {
    // The user that it runs as may see nothing of where Accord lies: it reads a copy.
    config_file: copyOf(POSTGRES_CONFIG, folder),
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...(unsafe ? { fsync: 'off' } : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // A group of its own: a Ctrl-C meant for whoever started it is not meant for it.
  const server = withOutput(setup.log, (out) =>
    spawn(join(bin, 'postgres'), ['-D', data, ...flags], { ...options, stdio: ['ignore', out, out], detached: true }),
  );
  return { url: `postgres://accord:${password}@127.0.0.1:${port}/postgres`, process: server };
}

function copyOf(file: string, folder: string): string {
  const copy = join(folder, basename(file));
  copyFileSync(file, copy);
  chmodSync(copy, 0o644);
  return copy;
}

async function makeCluster(
  { bin, folder, unsafe = false }: PostgresSetup,
  data: string,
  options: SpawnOptions,
  signal?: AbortSignal,
): Promise<void> {
  const secret = join(folder, 'password');
  mkdirSync(data, { recursive: true });
  if (!existsSync(secret)) writeFileSync(secret, randomBytes(16).toString('hex'), { mode: 0o600 });
  const { uid, gid } = options;
  for (const path of [folder, data, secret]) {
    if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
  }
  chmodSync(folder, 0o700);
  const access = ['-U', 'accord', '-A', 'scram-sha-256', '--pwfile', secret];
  const initdb = ['-D', data, ...access, '-E', 'UTF8', '--no-locale', ...(unsafe ? ['--no-sync'] : [])];
  await runToItsEnd(join(bin, 'initdb'), initdb, options, signal);
}

/** Settles only once the program has ended, also when it is told to stop: until then it writes to the folder. */
function runToItsEnd(program: string, args: string[], options: SpawnOptions, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    const errors: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
    signal?.addEventListener('abort', () => child.kill());
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${program}: ${Buffer.concat(errors)}`))));
  });
}

/**
 * Stops a server: SIGINT cuts its connections off and writes a checkpoint, SIGQUIT leaves it at once, as where its data
 * is thrown away.
 */
export async function stopPostgres(server: ChildProcess, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const insist = setTimeout(() => server.kill('SIGQUIT'), 15_000);
  server.kill(signal);
  await ended;
  clearTimeout(insist);
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const user = ['postgres', 'nobody'].find((name) => id('-u', name) !== null);
  if (!user) throw new Error('Running as root, and there is no user postgres or nobody to run PostgreSQL as');
  return { uid: id('-u', user)!, gid: id('-g', user)! };
}

function id(flag: string, user: string): number | null {
  try {
    return Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return null;
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
