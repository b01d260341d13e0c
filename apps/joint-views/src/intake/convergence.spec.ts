import { afterAll, describe, expect, it } from '@jest/globals';
import type { Message } from '#exchange';
import type { TableDigest } from '../replay/digest.ts';
import { history, interleaved } from './testing/history.ts';
import { Random, seeds } from './testing/random.ts';
import { closeWorlds, World } from './testing/world.ts';

interface Batch {
  member: string;
  messages: Message[];
}

describe('the views are a function of the set of events', () => {
  afterAll(closeWorlds);

  /** Batches as they come, some again, some not at once; MK joins in between. */
  const play = async (world: World, batches: readonly Batch[], random: Random, joining: Batch) => {
    const order: Batch[] = [...batches];
    order.splice(random.below(order.length), 0, joining);
    const restartAt = random.below(order.length);
    for (const [n, { member, messages }] of order.entries()) {
      const source = member === 'MK' ? '/registry/members' : `/members/${member}`;
      await world.exchange.append(source, messages);
      if (random.chance(0.2)) await world.exchange.append(source, messages);
      if (random.chance(0.2)) await new Promise((resolve) => setTimeout(resolve, random.below(100)));
      if (n === restartAt) await world.restart();
    }
  };

  // A seed that fails is in the test's name: VIEWS_SEED=… runs it again.
  it.each(seeds(3))(
    'seed %i: in any order between sources, live and rebuilt',
    async (seed) => {
      const random = new Random(seed);
      const one = await World.open();
      const founding = one.registry.batch(...(await Promise.all(['GB', 'AL', 'XK'].map((code) => one.founded(code)))));
      const joining = { member: 'MK', messages: one.registry.batch(await one.founded('MK')) };
      const said = history(random, 60).map(({ member, said }) => {
        return { member, messages: one.of(member).batch(...said) };
      });
      const begin = async (world: World) => {
        await world.exchange.append('/registry/members', founding);
        for (const code of ['GB', 'AL', 'XK']) await world.deliver(code);
        await world.side.start();
      };
      const sameAsRebuilt = async (world: World) => {
        const tables = await world.side.replay();
        expect({ seed, differ: tables.filter(({ before, after }) => before !== after) }).toEqual({ seed, differ: [] });
      };

      await begin(one);
      for (const { member } of said) expect(one.of(member).keys.size).toBeGreaterThan(0);
      await play(one, said, random, joining);
      await one.settled();
      const inOneOrder: TableDigest[] = await one.digests();
      await sameAsRebuilt(one);
      await one.close();

      const other = await World.open(one.sources.values());
      await begin(other);
      await play(other, interleaved(said, random), random, joining);
      await other.settled();
      const inAnother = await other.digests();
      expect({ seed, tables: inAnother }).toEqual({ seed, tables: inOneOrder });
      await sameAsRebuilt(other);
      expect(inOneOrder.find(({ name }) => name === 'records')!.rows).toBeGreaterThan(5);
      await other.close();
    },
    120_000,
  );
});
