import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { approved, arrests, concluded, ended, launched, planned } from '../intake/testing/said.ts';
import { uuid, type Said } from '../intake/testing/source.ts';
import { closeWorlds, World } from '../intake/testing/world.ts';

const O = uuid('operation');
const C = uuid('arrests');

describe('what several members say of one operation', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL', 'XK');
    await world.side.start();
  });
  afterEach(() => world.close());
  afterAll(closeWorlds);

  const lead = () => world.say('GB', planned(O, { shield: ['mk'] }));
  const member = (...said: Said[]) => world.say('AL', ...said);
  const orders = [
    ['the plan first', [lead, () => member(arrests(C, O, ['sy']))]],
    ['the contribution first', [() => member(arrests(C, O, ['sy'])), lead]],
  ] as const;

  it.each(orders)('joins a contribution to it, %s', async (_, order) => {
    for (const say of order) {
      await say();
      await world.settled();
    }
    expect(await world.rows('contributions')).toMatchObject([
      { originator: 'AL', grant_key: 9, audience: 3, purposes: 1, own_shield_codes: ['sy'], state: 0, count: 2 },
    ]);
    await world.found('MK');
    await world.settled();
    expect(await world.rows('contributions')).toMatchObject([{ shield: 8, own_shield: 0 }]);
  });

  it('follows its operation', async () => {
    await lead();
    await member(arrests(C, O));
    await world.settled();
    await world.say('GB', ended(O, 'recalled'));
    await world.settled();
    expect(await world.rows('contributions')).toMatchObject([{ state: 1, own_state: 0 }]);
    await world.say('GB', ended(O, 'erased'));
    await world.settled();
    expect(await world.rows('operations')).toEqual([]);
    expect(await world.rows('contributions')).toMatchObject([{ audience: 0 }]);
  });

  it('lets nobody see what a stranger contributes, or what is contributed to nothing', async () => {
    await lead();
    await world.say('XK', arrests(C, O));
    await member(arrests(uuid('ghost'), uuid('nothing')));
    await world.settled();
    expect((await world.rows<{ audience: number }>('contributions')).map(({ audience }) => audience)).toEqual([0, 0]);
  });

  it('counts an approval no more once it is erased', async () => {
    const claim = uuid('claim');
    await lead();
    await member(approved(claim, O));
    await world.settled();
    expect(await world.rows('operations')).toMatchObject([{ version: 2 }]);
    await member(ended(claim, 'erased'));
    await world.settled();
    expect(await world.rows('operations')).toMatchObject([{ version: 1 }]);
  });

  it('keeps its steps when the plan is told anew', async () => {
    await world.say('GB', planned(O), launched(O), launched(O));
    await world.say('GB', planned(O, { participants: ['AL', 'XK'] }), concluded(O));
    await world.settled();
    expect(await world.rows('operations')).toMatchObject([
      {
        participants: ['AL', 'XK'],
        launched_at: expect.any(Date),
        concluded_at: expect.any(Date),
        outcome: 'Dissolved.',
      },
    ]);
    expect(await world.rows('steps')).toHaveLength(2);
  });

  it('keeps claims, whatever they claim', async () => {
    await world.say('XK', approved(uuid('claim'), uuid('nothing')));
    await world.settled();
    expect(await world.rows('claims')).toMatchObject([{ originator: 'XK', kind: 'approval', target: uuid('nothing') }]);
  });
});
