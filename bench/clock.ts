import { readdirSync, readFileSync } from 'node:fs';

/** Seconds since some moment. */
export type Clock = () => number;

const wall: Clock = () => Number(process.hrtime.bigint()) / 1e9;

let now = wall;

export const seconds: Clock = () => now();

const TICKS = 100;

/** What a connection's process has used: user and system time of /proc/<pid>/stat, where its parent is the server. */
function secondsOfBackend(pid: string, server: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(fields[1]) !== server) return 0;
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('postgres: accord')) return 0;
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}

/**
 * Counts what this process and the database's connections use of the processors instead of what passes: on a machine that
 * does other work as well. Waiting, for the disk too, counts for nothing, and nor does what is done at once.
 */
export function countProcessorTime(server: () => number | undefined): void {
  now = () => {
    const { user, system } = process.cpuUsage();
    const pid = server();
    const backends = pid === undefined ? [] : readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return (user + system) / 1e6 + backends.reduce((sum, one) => sum + secondsOfBackend(one, pid!), 0);
  };
}
