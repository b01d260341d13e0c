import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statfsSync, statSync } from 'node:fs';
import { childrenOf } from './keeper.ts';

/** What the store's data lies on; it can be filled up. */
export interface Disk {
  /** How, for whoever reads the run's output. */
  how: string;
  fill(server: number): void;
  /** Told of each start of the server: it may be full still. */
  began(server: number): unknown;
  free(server: number): void;
  dispose(): void;
}

const ROOM = '4g';
const run = (program: string, ...args: string[]): void => {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
};

/** A file system in memory, made as small as what is on it. */
const mounted = (folder: string): Disk | null => {
  const sized = (size: string): void => run('mount', '-o', `remount,size=${size}`, folder);
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${ROOM}`, 'accord-faults', folder);
  } catch {
    return null;
  }
  return {
    how: 'a tmpfs made as small as what is on it',
    fill: () => {
      const { blocks, bfree, bsize } = statfsSync(folder);
      sized(String((blocks - bfree) * bsize));
    },
    began: () => {},
    free: () => sized(ROOM),
    dispose: () => run('umount', '-l', folder),
  };
};

/** Files of the running server can't grow beyond this: neither a table nor the log of what is written. */
const LIMIT_BYTES = 1024 * 1024;
const limited = (): Disk => {
  let isFull = false;
  const limit = (server: number, bytes: string): void => {
    // Its owner may always do it, and root not everywhere.
    const { uid, gid } = statSync(`/proc/${server}`);
    for (const pid of [server, ...childrenOf(server)]) {
      const args = ['--pid', String(pid), `--fsize=${bytes}:`];
      try {
        execFileSync('prlimit', args, { stdio: ['ignore', 'ignore', 'pipe'], uid, gid });
      } catch (error) {
        // Unless it has ended meanwhile.
        if (existsSync(`/proc/${pid}`)) throw error;
      }
    }
  };
  return {
    how: `a file-size limit of ${LIMIT_BYTES} bytes (no tmpfs may be mounted here)`,
    fill: (server) => {
      isFull = true;
      limit(server, String(LIMIT_BYTES));
    },
    began: (server) => isFull && limit(server, String(LIMIT_BYTES)),
    free: (server) => {
      isFull = false;
      if (existsSync(`/proc/${server}`)) limit(server, 'unlimited');
    },
    dispose: () => {},
  };
};

/** Makes the folder, on a file system of its own where this user may mount one. */
export const makeDisk = (folder: string): Disk => {
  mkdirSync(folder, { recursive: true });
  return mounted(folder) ?? limited();
};
