import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, chownSync, constants, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';

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
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  return folders.find((folder) => isProgram(join(folder, 'initdb')) && isProgram(join(folder, 'postgres'))) ?? null;
}

/** Makes a cluster in a folder and serves it on loopback, on a free port, with a password. Nothing is fsynced. */
export async function startLocal(bin: string, folder: string, signal: AbortSignal): Promise<LocalServer> {
  const password = randomBytes(16).toString('hex');
  const user = unprivileged();
  const data = join(folder, 'data');
  const secret = join(folder, 'password');
  mkdirSync(data);
  writeFileSync(secret, password, { mode: 0o600 });
  for (const path of [folder, data, secret]) {
    if (user) chownSync(path, user.uid, user.gid);
  }
  chmodSync(folder, 0o700);
  const options = { ...user, cwd: folder, env: { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' } };
  const initdb = [
    '-D',
    data,
    '-U',
    'accord',
    '-A',
    'scram-sha-256',
    '--pwfile',
    secret,
    '-E',
    'UTF8',
    '--no-locale',
    '--no-sync',
  ];
  await runToItsEnd(join(bin, 'initdb'), initdb, options, signal);
  const port = await freePort();
  signal.throwIfAborted();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    max_connections: 200,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...flags], { ...options, stdio: 'ignore' });
  return { url: `postgres://accord:${password}@127.0.0.1:${port}/postgres`, process: server };
}

/** Settles only once the program has ended, also when it is told to stop: until then it writes to the folder. */
function runToItsEnd(program: string, args: string[], options: SpawnOptions, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    const errors: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
    signal.addEventListener('abort', () => child.kill());
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${program}: ${Buffer.concat(errors)}`))));
  });
}

/** Stops a server without a checkpoint: its data is thrown away. */
export async function stopLocal(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const insist = setTimeout(() => server.kill('SIGKILL'), 5_000);
  server.kill('SIGQUIT');
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
