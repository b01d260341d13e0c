import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Stops this run's servers and waits until they are gone. (When the run is killed they stop by themselves.) */
export default async function globalTeardown() {
  const folder = process.env.ACCORD_TEST_RUN;
  const pidFile = join(folder, 'host.pid');
  if (!existsSync(pidFile)) return;
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM');
  } catch {
    return;
  }
  for (let tries = 0; tries < 200 && existsSync(folder); tries++) await sleep(50);
}
