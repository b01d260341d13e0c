import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPglite, openPostgres, type Database } from '#sql';
import { describePostgres } from '../../libs/sql/src/testing/index.ts';
import { prepare } from './copies.ts';
import { playSeed } from './seed.ts';

/** Other seeds each time; `npm run test:chaos -- --seed …` runs one that failed again. */
const first = Date.now() % 1_000_000;
const seeds = (count: number) => Array.from({ length: count }, (_, n) => first + n);

function converges(count: number, open: () => Promise<Database>): void {
  let db: Database;
  beforeAll(async () => {
    db = await open();
    await prepare(db);
  });
  afterAll(() => db.close());

  it.each(seeds(count))('seed %i', async (seed) => {
    expect({ seed, difference: await playSeed(db, seed) }).toEqual({ seed, difference: null });
  });
}

describe('whatever order, repeats and crashes, the views are as a rebuild has them', () => {
  converges(12, () => openPglite('memory://'));
});

await describePostgres('also where two instances write at once, on one PostgreSQL', (newDatabase) => {
  converges(6, async () => openPostgres({ url: await newDatabase(), max: 8 }));
});
