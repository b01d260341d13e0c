import { execFileSync } from 'node:child_process';
import type { Home } from '../home/home.ts';
import type { Piece } from './piece.ts';

const FILE = ['servers', 'running.json'];
interface Running {
  name: string;
  pid: number;
  /** How the process was called, so that another one of the same number isn't taken for it. */
  called: string;
}

const callOf = (pid: number): string => {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
};

/** Writes down which servers run, for the next start to find them should this one be killed. */
export const rememberServers = (home: Home, pieces: readonly Piece[]): void => {
  const running = pieces.map(({ name, process: { pid = 0 } }): Running => ({ name, pid, called: callOf(pid) }));
  home.writeJson(running, ...FILE);
};

/** Throws where a server of an earlier start still runs, as it does when that start was killed. */
export const refuseLeftOvers = (home: Home): void => {
  const earlier = home.has(...FILE) ? home.readJson<Running[]>(...FILE) : [];
  const left = earlier.filter(({ pid, called }) => called !== '' && callOf(pid) === called);
  if (left.length === 0) return;
  const names = left.map(({ name, pid }) => `${name} (process ${pid})`).join(' and ');
  throw new Error(
    `${names} of an earlier start still run on ${home.dir}. End that start; or, if it was killed: kill ${left.map(({ pid }) => pid).join(' ')}`,
  );
};
