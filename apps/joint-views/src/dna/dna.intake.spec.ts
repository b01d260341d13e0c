import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { uuidv8 } from '#contracts';
import { SEVEN_LOCI } from '../../../../libs/dna/src/testing/seven-loci.ts';
import { ended } from '../intake/testing/said.ts';
import { ACCESS, uuid, type Said } from '../intake/testing/source.ts';
import { closeWorlds, World } from '../intake/testing/world.ts';
import { searchOf } from './searches.ts';

const profile = (id: string, kind: string, loci: object = {}): Said => ({
  type: 'accord.dna.profile-released.v1',
  subject: id,
  recordversion: 1,
  access: { ...ACCESS, category: 'dna', purposes: ['forensic-matching'], audience: ['GB', 'AL', 'XK'] },
  sealed: { content: { reference: id.slice(0, 8), kind, loci: { ...SEVEN_LOCI, ...loci } } },
});
const [REFERENCE, TRACE, NEAR, OTHER] = ['reference', 'trace', 'near', 'other'].map(uuid) as [
  string,
  string,
  string,
  string,
];
const hitOf = (...records: string[]) => uuidv8('dna-hit', ...records.sort());

const reference = profile(REFERENCE, 'reference');
const trace = profile(TRACE, 'trace');
const near = profile(NEAR, 'trace', { vWA: ['17', '*'] });
const other = profile(OTHER, 'reference', { vWA: ['14', '15'] });

describe('profiles that several members release', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL', 'XK');
    await world.side.start();
  });
  afterEach(() => world.close());
  afterAll(closeWorlds);

  const hits = () =>
    world.db.query(
      'select record, other, originator, hit, quality, matched from views.dna_hits order by record, other',
    );
  /** How many profiles the search holds in memory. */
  const held = async () => {
    const [copy] = await world.db.query<{ id: string }>('select views.dna_copy() as id');
    return (await searchOf(copy!.id).measure()).size;
  };
  const pair = (one: string, two: string, quality: number, [a, b]: [string, string], matched = 7) =>
    [
      { record: one, other: two, originator: a, hit: hitOf(one, two), quality, matched },
      { record: two, other: one, originator: b, hit: hitOf(one, two), quality, matched },
    ] as const;
  const expected = () =>
    [
      ...pair(REFERENCE, TRACE, 1, ['AL', 'GB']),
      ...pair(REFERENCE, NEAR, 2, ['AL', 'GB'], 6),
      ...pair(TRACE, NEAR, 2, ['GB', 'GB'], 6),
    ].sort((x, y) => (x.record + x.other < y.record + y.other ? -1 : 1));

  it.each([
    ['the reference first', [['AL', reference, other] as const, ['GB', trace, near] as const]],
    [
      'the traces first, one by one',
      [['GB', trace] as const, ['GB', near] as const, ['AL', other, reference] as const],
    ],
  ])('meet in the same pairs, %s; a replay ends the same', async (_, order) => {
    for (const [member, ...said] of order) {
      await world.say(member, ...(said as Said[]));
      await world.settled();
    }
    expect(await hits()).toEqual(expected());
    const tables = await world.side.replay();
    expect(tables.filter(({ before, after }) => before !== after)).toEqual([]);
    expect(tables.find(({ name }) => name === 'dna_hits')).toMatchObject({ rows: 6 });
    // The copy is another one now, and so is its search.
    await world.say('XK', profile(uuid('late'), 'trace'));
    await world.settled();
    expect(await hits()).toHaveLength(12);
  });

  it('are searched for where they are before anything comes, after a start', async () => {
    await world.say('AL', reference, other);
    await world.say('GB', trace);
    await world.settled();
    const [copy] = await world.db.query<{ id: string }>('select views.dna_copy() as id');
    // What another process would know of them.
    await searchOf(copy!.id).close();
    await world.restart();
    expect(await held()).toBe(3);
    await world.say('GB', near);
    await world.settled();
    expect(await hits()).toEqual(expected());
  });

  it('lose their hits when they are erased, and are found anew when told anew', async () => {
    await world.say('AL', reference);
    await world.say('GB', trace);
    await world.settled();
    await world.say('AL', ended(REFERENCE, 'recalled'));
    await world.settled();
    expect(await hits()).toHaveLength(2);
    await world.say('GB', { ...trace, recordversion: 2 });
    await world.settled();
    expect(await hits()).toEqual(
      [...pair(REFERENCE, TRACE, 1, ['AL', 'GB'])].sort((x, y) => (x.record < y.record ? -1 : 1)),
    );
    // Told anew, it isn't held twice; erased, it isn't held any more.
    expect(await held()).toBe(2);
    await world.say('AL', ended(REFERENCE, 'erased'));
    await world.settled();
    expect(await hits()).toEqual([]);
    expect(await held()).toBe(1);
    const tables = await world.side.replay();
    expect(tables.filter(({ before, after }) => before !== after)).toEqual([]);
  });
});
