import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from '@jest/globals';

/** A real server that tests run on. */
export interface RunServer {
  /** For messages: "PostgreSQL". */
  name: string;
  /** Names its folder: "postgres". */
  kind: string;
  /** The path of the script that keeps it, which calls keepServer(). */
  host: string;
  /** It can't be had everywhere: its suites are skipped where others fail. */
  isOptional?: boolean;
}

/**
 * A describe() for what must hold on a real server, which is one for the whole test run. Where it can't be had the suite
 * is skipped and says so; with ACCORD_REQUIRE_SERVERS=1 it fails. Answers why it can't be had.
 */
export async function describeOn<T extends object>(
  server: RunServer,
  name: string,
  suite: (state: T) => void,
): Promise<string | null> {
  const state = await serverOfThisRun<T>(server);
  if (!('unavailable' in state)) {
    describe(name, () => suite(state));
    return null;
  }
  const message = `NOT TESTED on a real ${server.name}, which is not to be had here: ${state.unavailable}`;
  if (process.env.ACCORD_REQUIRE_SERVERS === '1' && !server.isOptional) {
    it(name, () => {
      throw new Error(message);
    });
  } else {
    console.warn(`${name}: ${message}`);
    it.skip(name, () => {});
  }
  return state.unavailable;
}

/** Whoever makes the run's folder first starts the server; the others wait for it. */
async function serverOfThisRun<T extends object>({ kind, host }: RunServer): Promise<T | { unavailable: string }> {
  const run = process.env.ACCORD_TEST_RUN;
  if (!run) throw new Error('Run by jest with test/support/global-setup.mjs: ACCORD_TEST_RUN is not set');
  const folder = `${run}-${kind}`;
  if (makeFolder(folder)) startHost(host, folder);
  const file = join(folder, 'state.json');
  for (let tries = 0; tries < 1800; tries++) {
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as T | { unavailable: string };
    await sleep(100);
  }
  return { unavailable: 'the server did not start in 3 minutes' };
}

function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function startHost(script: string, folder: string): void {
  const watched = process.env.ACCORD_TEST_PID ?? String(process.pid);
  const host = spawn(process.execPath, ['--no-warnings', script, folder, watched], { detached: true, stdio: 'ignore' });
  writeFileSync(join(folder, 'host.pid'), String(host.pid));
  host.unref();
}
