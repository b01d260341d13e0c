import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { amended, ended, released } from './testing/said.ts';
import { uuid, type Said } from './testing/source.ts';
import { closeWorlds, World } from './testing/world.ts';

const [R, KEPT, MADE, GONE] = ['r', 'kept', 'made', 'gone'].map(uuid) as [string, string, string, string];

describe('a revoked signing key', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL', 'XK');
    await world.side.start();
  });
  afterEach(() => world.close());
  afterAll(closeWorlds);

  const before = [released(KEPT, { title: 'Kept' }), released(R, { title: 'Before' }), released(GONE)];
  const after = [amended(R, { version: 2, title: 'After' }), ended(GONE, 'recalled'), released(MADE)];
  const unusable: Said = { type: 'accord.intelligence.rumour-spread.v1', subject: uuid('nothing'), text: '{}' };

  /** From the fourth event on; a new key signs from now on. */
  const revoke = () => world.registry.say(world.revoked('GB', before.length + 1));
  const withdrawn = async () => {
    await world.until(async () => (await world.rows('records', 'stale')).length === 0);
    expect(await world.rows('reports', 'true order by title')).toMatchObject([
      { record: R, title: 'Before', version: 1, withheld: true },
      { record: GONE, state: 0, withheld: true },
      { record: KEPT, title: 'Kept', withheld: false },
    ]);
    expect(await world.rows('records')).toHaveLength(3);
    expect(await world.rows('poison')).toEqual([]);
    expect(await world.rows('withdrawals')).toEqual([]);
  };
  const same = async () => {
    const tables = await world.side.replay();
    expect(tables.filter(({ before: live, after: rebuilt }) => live !== rebuilt)).toEqual([]);
  };

  it('withdraws what it signed later, also what was applied, and lets stand what it signed before', async () => {
    await world.say('GB', ...before);
    await world.say('GB', ...after, unusable);
    await world.settled();
    expect(await world.rows('records', 'withheld')).toEqual([]);
    expect(await world.rows('poison')).toHaveLength(1);
    await revoke();
    await world.settled();
    await withdrawn();
    await same();
    await world.say('GB', amended(R, { version: 3, title: 'Again' }));
    await world.settled();
    expect(await world.rows('reports', `record = '${R}'`)).toMatchObject([{ title: 'Again', withheld: false }]);
    await same();
  });

  it('withdraws it where the revocation is heard of first', async () => {
    const said = world.of('GB').batch(...before, ...after, unusable);
    await revoke();
    await world.settled('/registry/members');
    await world.deliver('GB');
    await world.exchange.append('/members/GB', said);
    await world.settled();
    await withdrawn();
    await same();
  });

  it('withholds at once what it is about to withdraw', async () => {
    await world.say('GB', ...before, ...after);
    await world.settled();
    const release = await world.side.intake.pause();
    const { applyMembers } = await import('../registry/registry.store.ts');
    const { VIEWS } = await import('../views.ts');
    const { value } = (await revoke())[0]!;
    const { type, subject, data } = JSON.parse(value) as { type: string; subject: string; data: unknown };
    await world.db.transaction((sql) => applyMembers(sql, 'views', VIEWS, [{ type, subject, data }]));
    const seen = await world.rows<{ record: string }>('reports', 'not withheld');
    expect(seen.map(({ record }) => record)).toEqual([KEPT]);
    release();
    await withdrawn();
  });
});
