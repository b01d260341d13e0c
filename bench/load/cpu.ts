import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

interface Process {
  parent: number;
  /** Seconds: its own, and of its children that have ended. */
  own: number;
  ended: number;
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
};

const processOf = (pid: string): Process | null => {
  const text = read(`/proc/${pid}/stat`);
  if (text === '') return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [parent, user, system, endedUser, endedSystem] = [1, 11, 12, 13, 14].map((n) => Number(fields[n])) as number[];
  return {
    parent: parent!,
    own: (user! + system!) / TICKS_PER_SECOND,
    ended: (endedUser! + endedSystem!) / TICKS_PER_SECOND,
  };
};

const nameOf = (pid: number): string => {
  const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
  if (command.includes('kafka.Kafka')) return 'Kafka';
  if (/postgres -D/.test(command)) return 'PostgreSQL';
  const app = /apps\/([a-z-]+)\/src\/main/.exec(command)?.[1] ?? 'other';
  const member = /MEMBER=([A-Z]{2})/.exec(read(`/proc/${pid}/environ`))?.[1];
  return member === undefined ? app : `${app} ${member}`;
};

/** What one of a product's processes has used: seconds of CPU; and what it holds, in MiB. */
export interface Use {
  seconds: number;
  mib: number;
}

/** A connection's process tells its database in its title. */
const databaseOf = (pid: number): string | undefined =>
  /^postgres: accord\S* (accord\S*) /.exec(read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '))?.[1];

const mib = (pid: number, what: string): number =>
  Number(new RegExp(`${what}:\\s+(\\d+)`).exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
/** Of its own: what the server's processes share is the same in each. */
const anonymousMibOf = (pid: number): number => mib(pid, 'RssAnon');

/** What connections use, by database, apart from what the server does on its own: writing, checkpoints, vacuum. */
const splitByDatabase = (uses: Record<string, Use>, pids: readonly number[], secondsOf: (pid: number) => number) => {
  for (const pid of pids) {
    uses['PostgreSQL']!.mib += anonymousMibOf(pid);
    const database = databaseOf(pid);
    if (database === undefined) continue;
    const name = `PostgreSQL (${database})`;
    const seconds = secondsOf(pid);
    uses[name] = { seconds: (uses[name]?.seconds ?? 0) + seconds, mib: 0 };
    uses['PostgreSQL']!.seconds -= seconds;
  }
};

/** Of each process that a product started, by its name; PostgreSQL's are one. Linux alone tells. */
export const usesOf = (product: number): Record<string, Use> => {
  const all = new Map<number, Process>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const one = processOf(pid);
    if (one) all.set(Number(pid), one);
  }
  const childrenOf = (pid: number) => [...all].filter(([, { parent }]) => parent === pid).map(([child]) => child);
  const secondsOf = (pid: number): number => {
    const { own, ended } = all.get(pid)!;
    return own + ended + childrenOf(pid).reduce((sum, child) => sum + secondsOf(child), 0);
  };
  const uses: Record<string, Use> = {};
  for (const pid of childrenOf(product)) {
    const name = nameOf(pid);
    uses[name] = { seconds: secondsOf(pid), mib: mib(pid, 'VmRSS') };
    if (name === 'PostgreSQL') splitByDatabase(uses, childrenOf(pid), secondsOf);
  }
  return uses;
};
