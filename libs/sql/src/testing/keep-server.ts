import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A started server: what its users must know, and how to stop it. */
export interface Kept {
  state: object;
  stop(): Promise<void>;
}

/** Starts a server in a folder that is removed after it. Must throw once the signal is aborted, leaving nothing. */
export type Start = (folder: string, signal: AbortSignal) => Promise<Kept>;

/**
 * The life of a process that keeps one server for a whole test run, started as `SCRIPT FOLDER PID`. It writes
 * FOLDER/state.json once the server answers (or can't be had in any of the ways given), and stops the server when asked
 * by SIGTERM or when the run's process PID is gone, however that ended. Plain Node runs such scripts, so they import no
 * library by its alias.
 */
export function keepServer(ways: Record<string, Start>): void {
  const [folder, watched] = [process.argv[2]!, Number(process.argv[3])];
  const stopping = new AbortController();
  let stopServer: () => Promise<void> = async () => {};

  const start = async () => {
    const reasons: string[] = [];
    for (const [name, way] of Object.entries(ways)) {
      if (stopping.signal.aborted) return;
      try {
        const { state, stop } = await way(folder, stopping.signal);
        stopServer = stop;
        return tell(folder, state);
      } catch (error) {
        reasons.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
      }
    }
    tell(folder, { unavailable: reasons.join('; ') });
  };
  const starting = start();

  const stop = async () => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    await starting.catch(() => {});
    await stopServer().catch(() => {});
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop());
  setInterval(() => void (isRunning(watched) || stop()), 250);
}

function tell(folder: string, state: object): void {
  writeFileSync(join(folder, 'state.tmp'), JSON.stringify(state));
  renameSync(join(folder, 'state.tmp'), join(folder, 'state.json'));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
