import { openPglite } from '#sql';
import { prepare } from './copies.ts';
import { playSeed } from './seed.ts';

/** How one seed ended; null: all tables are as a rebuild has them. */
export interface Told {
  seed: number;
  difference: string | null;
}

/** So many seeds on one database: what they leave behind makes it slower. */
const MOST = 250;

async function play(seeds: readonly number[], tell: (told: Told) => void): Promise<void> {
  const db = await openPglite('memory://');
  await prepare(db);
  for (const seed of seeds) tell({ seed, difference: await playSeed(db, seed) });
  await db.close();
}

process.once('message', (seeds: number[]) => {
  void (async () => {
    for (let n = 0; n < seeds.length; n += MOST) {
      await play(seeds.slice(n, n + MOST), (told) => process.send!(told));
    }
    process.disconnect();
  })();
});
