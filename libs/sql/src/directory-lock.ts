import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Directories that this process owns: a restarted container may have the very process id that the lock file names. */
const held = new Set<string>();

/**
 * Makes this process the only owner of a directory, by a file `<dir>.lock` beside it that names the process. A lock
 * whose process has ended is taken over. Throws where another process is alive. Answers how to unlock.
 */
export async function lockDirectory(dir: string): Promise<() => Promise<void>> {
  const file = `${dir}.lock`;
  if (held.has(dir) || !take(file)) throw new Error(`${dir} is in use by another Accord (${file})`);
  held.add(dir);
  return async () => {
    held.delete(dir);
    rmSync(file, { force: true });
  };
}

function take(file: string): boolean {
  if (create(file)) return true;
  if (isAlive(readFileSync(file, 'utf8'))) return false;
  rmSync(file, { force: true });
  return create(file);
}

function create(file: string): boolean {
  try {
    writeFileSync(file, identity(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The process id, and when that process started where the system tells: ids are used again. */
function identity(pid: number): string {
  return `${pid} ${startedAt(pid)}`;
}

function startedAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive(lock: string): boolean {
  const pid = Number(lock.split(' ')[0]);
  if (!Number.isSafeInteger(pid) || pid < 1 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' && identity(pid) === lock;
  }
  return identity(pid) === lock;
}
