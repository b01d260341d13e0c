import type { ChildProcess } from 'node:child_process';

/** A process that this one started, and ends. */
export interface Piece {
  name: string;
  process: ChildProcess;
  /** Resolves once it is gone. */
  stop(): Promise<void>;
  /** The last that it said of what went wrong. */
  lastWords(): string;
}

export const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** How a process that should be running has ended, in one line. */
export const deathOf = ({ name, process: { exitCode, signalCode }, lastWords }: Piece): string => {
  const how = signalCode === null ? `with ${exitCode}` : `by ${signalCode}`;
  const said = lastWords();
  return `${name} has ended ${how}${said === '' ? '' : `: ${said}`}`;
};
