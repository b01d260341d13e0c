import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ended, released } from '../intake/testing/said.ts';
import { uuid } from '../intake/testing/source.ts';
import { closeWorlds, World } from '../intake/testing/world.ts';

const R = uuid('erased');
const KEPT = uuid('kept');

describe('keys that a restored backup holds again', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL');
    await world.side.start();
    await world.say('GB', released(R), released(KEPT));
    await world.settled();
  });
  afterEach(() => world.close());
  afterAll(closeWorlds);

  const keys = () =>
    world.db.query<{ record: string; key: Uint8Array | null }>('select record, key from keyring.keys order by record');
  const backUp = async () => {
    const before = await keys();
    return () =>
      world.db.query(
        `update keyring.keys k set key = b.key from unnest($1::uuid[], $2::bytea[]) as b (record, key)
         where k.record = b.record`,
        [before.map(({ record }) => record), before.map(({ key }) => key)],
      );
  };
  const held = async () => (await keys()).filter(({ key }) => key !== null).map(({ record }) => record);

  it('are destroyed again at the next start where the record is erased, and no others', async () => {
    const restore = await backUp();
    await world.say('GB', ended(R, 'erased'));
    await world.settled();
    expect(await held()).toEqual([KEPT]);
    await restore();
    expect((await held()).sort()).toEqual([R, KEPT].sort());
    await world.restart();
    expect(await held()).toEqual([KEPT]);
  });

  it('are destroyed again when the views are built anew from the exchange', async () => {
    const restore = await backUp();
    await world.say('GB', ended(R, 'erased'));
    await world.settled();
    await restore();
    await world.db.exec('drop schema views cascade');
    await world.restart();
    await world.settled();
    expect(await held()).toEqual([KEPT]);
    expect(await world.rows('reports')).toMatchObject([{ record: KEPT }]);
  });
});
