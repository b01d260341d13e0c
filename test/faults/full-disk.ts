import { setTimeout as sleep } from 'node:timers/promises';
import type { Scene } from './scene.ts';
import type { Happening } from './schedule.ts';

const PAUSE_MS = 20;
const PATIENCE_MS = 60_000;
/** Commands that must be refused one after the other, none acknowledged between, before the disk is taken for full. */
const REFUSED = 10;

/**
 * The store's disk is full: commands are refused with 503 `store-unavailable`, and nothing is acknowledged that isn't
 * kept. PostgreSQL may end itself over it, and is started again once there is room.
 */
export const fullDisk = async ({ rig, ledger }: Scene, { lasts }: Happening): Promise<void> => {
  const { database, disk } = rig;
  await database.start();
  database.mayEnd = true;
  disk.fill(database.pid);
  try {
    const end = Date.now() + PATIENCE_MS;
    while (ledger.refusedInARow < REFUSED && Date.now() < end) await sleep(PAUSE_MS);
    if (ledger.refusedInARow < REFUSED) throw new Error('a full disk refused nothing');
    await sleep(lasts);
  } finally {
    disk.free(database.pid);
    await database.start();
    database.mayEnd = false;
  }
};
