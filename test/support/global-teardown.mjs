import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tellAdapters } from './adapters.mjs';

/** Stops this run's servers and waits until they are gone. (When the run is killed they stop by themselves.) Then says which adapters it was about. */
export default async function globalTeardown() {
  const run = process.env.ACCORD_TEST_RUN;
  const folders = readdirSync(dirname(run)).filter((name) => name.startsWith(basename(run)));
  await Promise.all(folders.map((name) => stop(join(dirname(run), name))));
  tellAdapters(run);
}

async function stop(folder) {
  const pidFile = join(folder, 'host.pid');
  if (!existsSync(pidFile)) return;
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM');
  } catch {
    return;
  }
  for (let tries = 0; tries < 200 && existsSync(folder); tries++) await sleep(50);
}
