import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openEmbeddedExchange } from '#exchange/embedded';
import { openPostgres, type Database } from '#sql';
import { describePostgres } from '../../../../libs/sql/src/testing/index.ts';
import type { IntakeSide } from './create-intake.ts';
import { history } from './testing/history.ts';
import { Random, seeds } from './testing/random.ts';
import { World } from './testing/world.ts';

await describePostgres('two instances on one PostgreSQL', (newDatabase) => {
  let db: Database;
  let world: World;
  let other: IntakeSide;
  beforeEach(async () => {
    const url = await newDatabase();
    db = await openPostgres({ url, max: 8 });
    world = await World.open(undefined, db);
    // One that doesn't know of the first: both follow every source all the time, as around a rebalance.
    const second = await openEmbeddedExchange({ db, pollMs: 50, pace: { min: 10, max: 50 } });
    other = await world.make(second);
  });
  afterEach(async () => {
    await other.stop();
    await world.close();
    await db.close();
  });

  it.each(seeds(1))(
    'apply each event once, seed %i',
    async (seed) => {
      const random = new Random(seed);
      await world.found('GB', 'AL', 'XK');
      await Promise.all([world.side.start(), other.start()]);
      for (const { member, said } of history(random, 80)) await world.say(member, ...said);
      await world.settled();
      const tables = await world.side.replay();
      expect({ seed, differ: tables.filter(({ before, after }) => before !== after) }).toEqual({ seed, differ: [] });
    },
    120_000,
  );
});
