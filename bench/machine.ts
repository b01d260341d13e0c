import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { findBinaries } from '#platform/servers';

/** What figures depend on. */
export interface Machine {
  cores: number;
  processor: string;
  memoryGib: number;
  node: string;
  postgres: string;
  /** Processes that wanted to run in the last minute, before the first bench. */
  load: number;
}

export function machine(): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    postgres: postgresVersion(),
    load: Math.round(loadavg()[0]! * 10) / 10,
  };
}

function postgresVersion(): string {
  const bin = findBinaries();
  if (!bin) return 'none';
  const told = execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' });
  return /[\d.]+/.exec(told)?.[0] ?? told.trim();
}

export const machineLine = ({ cores, processor, memoryGib, node, postgres, load }: Machine): string =>
  `${cores} cores (${processor}), ${memoryGib} GiB, Node ${node}, PostgreSQL ${postgres}, load ${load}`;
