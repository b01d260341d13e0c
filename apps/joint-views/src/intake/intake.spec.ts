import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { amended, ended, person, released, reshielded } from './testing/said.ts';
import { uuid } from './testing/source.ts';
import { closeWorlds, World } from './testing/world.ts';

const R = uuid('r');

describe('taking in what members released', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL', 'XK');
    await world.side.start();
  });
  afterEach(() => world.close());
  afterAll(closeWorlds);

  it('makes a record and its rows', async () => {
    await world.say('GB', released(R, { shield: ['al'], entities: [person(1, 'Arben Shembulli')] }));
    await world.settled();
    expect(await world.rows('records')).toMatchObject([
      {
        record: R,
        originator: 'GB',
        grant_key: 0,
        audience: 6,
        shield: 2,
        purposes: 1,
        kind: 'report',
        withheld: false,
      },
    ]);
    expect(await world.rows('reports')).toMatchObject([{ title: 'Boats bought for the Channel route', shield: 2 }]);
    expect(await world.rows('entities')).toMatchObject([{ schema: 'Person', nationalities: ['al'], shield: 2 }]);
    expect((await world.rows<{ key: string }>('names')).map(({ key }) => key)).toContain('arben');
  });

  it('replaces what is amended, keeps its place in time for what readers may not know of', async () => {
    await world.say('GB', released(R));
    await world.say('GB', amended(R, { version: 2, title: 'Engines', entities: [person(2, 'Besa Shembulli')] }));
    await world.settled();
    const [before] = await world.rows<{ updated_at: Date }>('reports');
    expect(await world.rows('statements', `property = 'name'`)).toMatchObject([{ value: 'Besa Shembulli' }]);
    await world.say('GB', reshielded(R, ['xk']));
    await world.settled();
    expect(await world.rows('reports')).toMatchObject([
      { title: 'Engines', version: 2, updated_at: before!.updated_at, shield: 4 },
    ]);
    expect(await world.rows('entities')).toMatchObject([{ shield: 4 }]);
  });

  it('says who lost it: by a narrower release, by a shield, by a recall, and by none of them twice', async () => {
    const [narrower, wider] = [['AL'], ['AL', 'XK']].map((audience) => released(R, { access: { audience } }));
    await world.say('GB', released(R), narrower!, reshielded(R, ['al']), wider!, ended(R, 'recalled'));
    await world.settled();
    expect(await world.rows('withdrawals', 'true order by sequence')).toMatchObject(
      [['XK'], ['AL'], [], ['XK']].map((removed, n) => ({ record: R, sequence: n + 2, removed, all_but: false })),
    );
    expect(await world.rows('entities')).toMatchObject([{ state: 1 }]);
  });

  it('gives a new member its bit in whatever named it before', async () => {
    await world.say('GB', released(R, { shield: ['mk'], access: { audience: ['AL', 'MK'] } }));
    await world.settled();
    expect(await world.rows('reports')).toMatchObject([{ shield: 0, audience: 2 }]);
    await world.found('MK');
    await world.settled();
    for (const table of ['records', 'reports', 'entities', 'names']) {
      expect((await world.rows(table))[0]).toMatchObject({ shield: 8, audience: 10 });
    }
    await world.say('MK', released(uuid('mk'), { entities: [] }));
    await world.settled();
    expect(await world.rows('records', `originator = 'MK'`)).toHaveLength(1);
  });

  it('waits for the registry that an audience was resolved from', async () => {
    await world.say('GB', released(R, { access: { registrysequence: 4 } }));
    await world.say('AL', released(uuid('al'), { entities: [] }));
    await world.settled('AL');
    expect(await world.applied('/members/GB')).toBe(0);
    await world.found('MK');
    await world.settled();
  });

  it('drops what came before, and goes on after a restart', async () => {
    const first = world.of('GB').batch(released(R), amended(R, { version: 2 }));
    await world.deliver('GB');
    for (let n = 0; n < 3; n += 1) await world.exchange.append('/members/GB', first);
    await world.settled();
    const before = await world.digests();
    await world.restart();
    await world.exchange.append('/members/GB', first);
    await world.say('GB', amended(R, { version: 3, title: 'Third' }));
    await world.settled();
    expect(await world.rows('reports')).toMatchObject([{ title: 'Third', version: 3 }]);
    expect(before.find(({ name }) => name === 'chain')?.rows).toBe(5);
  });

  it('waits at a hole, reports it, and heals', async () => {
    const [one, two, three] = [
      world.of('GB').batch(released(R)),
      world.of('GB').batch(amended(R, { version: 2 })),
      world.of('GB').batch(amended(R, { version: 3 })),
    ];
    await world.deliver('GB');
    await world.exchange.append('/members/GB', [...one, ...three]);
    await world.settled('AL');
    await world.until(async () => (await world.side.status.read(['/members/GB'])).sources[0]!.gaps.length > 0);
    expect(await world.side.status.read(['/members/GB'])).toMatchObject({
      sources: [{ sequence: 3, applied: 1, gaps: [{ from: 2, to: 2 }], quarantined: false }],
    });
    world.now += 61_000;
    expect(world.side.gate.withheldOriginators(world.now)).toEqual(['GB']);
    await world.restart();
    await world.exchange.append('/members/GB', two);
    await world.settled();
    expect(world.side.gate.withheldOriginators(world.now)).toEqual([]);
    expect(await world.rows('reports')).toMatchObject([{ version: 3 }]);
  });

  it('does not let one member change the record of another', async () => {
    await world.say('AL', released(R, { title: 'Later member, first come', entities: [] }));
    await world.settled();
    await world.say('GB', released(R, { title: 'Earlier member' }));
    await world.settled();
    await world.say('AL', ended(R, 'recalled'), released(R, { title: 'Again', entities: [] }));
    await world.settled();
    expect(await world.rows('reports')).toMatchObject([{ originator: 'GB', title: 'Earlier member', state: 0 }]);
    expect(await world.rows('withdrawals')).toEqual([]);
  });
});
