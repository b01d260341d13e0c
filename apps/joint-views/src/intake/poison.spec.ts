import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { seal, newKey, type EntityContent } from '#contracts';
import { amended, ended, person, released, reshielded } from './testing/said.ts';
import { ACCESS, uuid, type Said } from './testing/source.ts';
import { closeWorlds, World } from './testing/world.ts';

const R = uuid('r');
const MARK = 'Zanafilla Pashlyeshme';

describe('events that verify but are of no use', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL', 'XK');
    await world.side.start();
  });
  afterEach(() => world.close());
  afterAll(closeWorlds);

  const same = async () => {
    const tables = await world.side.replay();
    expect(tables.filter(({ before, after }) => before !== after)).toEqual([]);
    expect(tables.length).toBeGreaterThan(15);
  };
  const nul = { ...person(1, 'x'), properties: { name: ['a\u0000b'] } } as EntityContent;
  const huge: Said = {
    type: 'accord.operations.seizure-made.v1',
    subject: R,
    access: { ...ACCESS, category: 'operation' },
    text: `{"shield":[],"content":{"operation":"${uuid('o')}","kind":"boat","quantity":3,"unit":"item","at":"2026-01-01T00:00:00Z","extra":1}}`,
  };

  it.each<[string, Said, string]>([
    [
      'of a type that nobody knows',
      { type: 'accord.intelligence.rumour-spread.v1', subject: R, sealed: { content: {} } },
      'unknown-type',
    ],
    ['with content against its schema', { ...released(R), sealed: { content: { title: MARK } } }, 'invalid-content'],
    ['with an unknown field', huge, 'invalid-content'],
    ['with text that is no JSON', { ...released(R), text: '{"shield":' }, 'invalid-content'],
    ['without its content', { ...released(R), sealed: undefined }, 'invalid-content'],
    ['with text that no database holds', released(R, { entities: [nul] }), 'invalid-content'],
    ['with a value that no index holds', released(R, { entities: [person(1, 'x'.repeat(5000))] }), 'not-mappable'],
    [
      'with a date that no database holds',
      released(R, { access: { notbefore: '0000-01-01T00:00:00Z' } }),
      'not-storable',
    ],
  ])('%s', async (_, said, reason) => {
    await world.say('GB', released(R, { version: 1 }), said, released(uuid('good')), amended(R, { version: 3 }));
    await world.settled();
    expect(await world.rows('poison')).toMatchObject([{ source: '/members/GB', sequence: 2, record: R, reason }]);
    expect(await world.rows('records', `record = '${R}'`)).toMatchObject([{ withheld: true, version: 3 }]);
    expect(await world.rows('reports', `record = '${R}'`)).toMatchObject([{ withheld: true }]);
    expect(await world.rows('records', `record = '${uuid('good')}'`)).toMatchObject([{ withheld: false }]);
    await same();
    await world.say('GB', ended(R, 'erased'));
    await world.settled();
    expect(await world.rows('poison')).toEqual([]);
    await same();
  });

  it('sealed under another key than the one delivered', async () => {
    await world.side.keyring.keep('GB', [{ record: R, key: newKey() }]);
    await world.say('GB', released(R));
    await world.settled();
    expect(await world.rows('poison')).toMatchObject([{ reason: 'not-decryptable' }]);
    expect(await world.rows('records')).toMatchObject([{ withheld: true, audience: 6 }]);
    expect(await world.rows('reports')).toEqual([]);
    await same();
  });

  it('whose key is not there withholds its record, and is no poison', async () => {
    await world.exchange.append('/members/GB', world.of('GB').batch(released(R)));
    await world.settled();
    expect(await world.rows('records')).toMatchObject([{ withheld: true }]);
    expect(await world.rows('poison')).toEqual([]);
    await world.say('GB', amended(R, { version: 2 }));
    await world.settled();
    expect(await world.rows('records')).toMatchObject([{ withheld: false, version: 2 }]);
  });

  it('whose key comes late is made anew from all that was said of it, and it alone', async () => {
    const said = [released(R, { shield: ['mk'], title: MARK }), released(uuid('other')), reshielded(R, ['me'])];
    await world.exchange.append('/members/GB', world.of('GB').batch(...said, ended(R, 'recalled')));
    await world.settled();
    expect(await world.rows('records', 'withheld and unread')).toHaveLength(2);
    await world.side.keyring.keep('GB', [{ record: R, key: world.of('GB').keyOf(R) }]);
    await world.until(async () => (await world.rows('records', 'unread')).length === 1);
    expect(await world.rows('reports', `record = '${R}'`)).toMatchObject([{ title: MARK, withheld: false, state: 1 }]);
    expect(await world.rows('records', `record = '${R}'`)).toMatchObject([{ shield_codes: ['me', 'mk'], sequence: 4 }]);
    expect(await world.rows('records', `record = '${uuid('other')}'`)).toMatchObject([{ withheld: true }]);
    expect(await world.rows('withdrawals', 'true order by sequence')).toMatchObject([
      { sequence: 3, removed: [] },
      { sequence: 4, removed: ['AL', 'XK'] },
    ]);
    await same();
  });

  it('of the registry', async () => {
    await world.registry.say({ type: 'accord.registry.member-founded.v1', subject: 'QQ', data: { code: 'QQ' } });
    await world.found('MK');
    await world.settled();
    expect(await world.rows('poison')).toMatchObject([{ source: '/registry/members', reason: 'invalid-content' }]);
    expect(await world.rows('members')).toHaveLength(4);
    await same();
  });

  describe('an erased record', () => {
    it('leaves nothing, live and rebuilt', async () => {
      const said = [
        released(R, { title: MARK, entities: [person(1, MARK)], shield: ['mk'], access: { handlingcodes: ['H1'] } }),
        released(R, { title: MARK, entities: [person(1, MARK)], version: 2, access: { audience: ['AL'] } }),
        reshielded(R, ['me']),
      ];
      await world.say('GB', ...said, released(uuid('stays')));
      await world.settled();
      expect(await world.dump()).toContain(MARK);
      await world.say('GB', ended(R, 'erased'));
      await world.settled();
      expect(await world.dump()).not.toContain(MARK);
      expect(await world.rows('records', `record = '${R}'`)).toMatchObject([
        { state: 3, shield: 0, shield_codes: [], audience: 0, handling_codes: [], withheld: false },
      ]);
      expect(await world.rows('entities')).toHaveLength(1);
      expect(await world.db.query(`select key from keyring.keys where record = $1`, [R])).toEqual([{ key: null }]);
      await world.deliver('GB');
      expect(await world.db.query(`select key from keyring.keys where record = $1`, [R])).toEqual([{ key: null }]);
      await same();
      expect(await world.dump()).not.toContain(MARK);
      await world.say('GB', amended(R, { title: MARK, version: 9 }), reshielded(R, ['al']));
      await world.settled();
      expect(await world.rows('records', `record = '${R}'`)).toMatchObject([{ state: 3, shield: 0 }]);
      await same();
    });

    it('is gone also where its key went first', async () => {
      await world.side.keyring.destroy('GB', R);
      await world.say('GB', released(R, { title: MARK }), ended(R, 'erased'));
      await world.settled();
      expect(await world.rows('records')).toMatchObject([{ state: 3, withheld: false }]);
      await same();
    });
  });

  it('seals what the test says', () => expect(seal(newKey(), R, R, MARK)).not.toContain(MARK));
});
