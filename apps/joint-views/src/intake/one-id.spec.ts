import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startReadSide, type Caller } from '../testing/caller.ts';
import { arrests, ended, planned, released } from './testing/said.ts';
import { ACCESS, at, uuid, type Said } from './testing/source.ts';
import { closeWorlds, World } from './testing/world.ts';

const [R, O, ARRESTS, ASKED] = ['report', 'operation', 'arrests', 'asked'].map(uuid) as [
  string,
  string,
  string,
  string,
];
const MARK = 'Zanafilla Pashlyeshme';

const AGREED: Said = {
  type: 'accord.registry.agreement-signed.v1',
  subject: uuid('agreement'),
  data: {
    ...{ by: 'GB', id: uuid('agreement'), title: 'Joint Migration Task Force', parties: ['GB', 'AL', 'XK'] },
    ...{ categories: ['intelligence', 'operation'], purposes: ['people-smuggling'], onward: false, state: 'in-force' },
    ...{ validFrom: at(0), validTo: null, inForceSince: at(0), signedBy: ['GB', 'AL', 'XK'], suspendedBy: null },
  },
};
const forTwo = (audience: string[]): Said['access'] => ({ ...ACCESS, category: 'operation', audience });

/** XK's own, which AL is kept from; what GB adds to them; and what AL publishes under their ids, having joined first. */
const OWN = [
  released(R, { title: MARK, entities: [], shield: ['al'], access: { audience: ['GB', 'AL'], handlingcodes: ['H1'] } }),
  { ...planned(O, { participants: ['GB'], shield: ['al'] }), access: forTwo(['GB', 'XK']) },
];
const ADDED: Said[] = [
  arrests(ARRESTS, O),
  {
    type: 'accord.permissions.permission-requested.v1',
    subject: ASKED,
    recordversion: 1,
    sealed: { content: { record: R, code: 'H1', scope: MARK, reason: 'It is part of the charge.' } },
  },
];
const TAKEN = [
  released(R, { title: 'Of AL', entities: [], access: { audience: ['GB', 'XK'], handlingcodes: ['H1'] } }),
  { ...planned(O, { participants: ['GB'] }), access: forTwo(['GB', 'XK']) },
];

describe('a member that publishes under ids of another, which joined after it', () => {
  let world: World;
  let caller: Caller;
  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL', 'XK');
    await world.of('/registry/agreements').say(AGREED);
    await world.side.start();
    await world.settled();
    await world.beat();
    caller = await startReadSide(world.db, world.side.gate, () => world.now);
  });
  afterEach(async () => {
    await caller.close();
    await world.close();
  });
  afterAll(closeWorlds);

  const say = async (order: readonly (readonly [string, readonly Said[]])[]) => {
    for (const [member, said] of order) {
      await world.say(member, ...said);
      await world.settled();
    }
  };
  const own = ['XK', OWN] as const;
  const added = ['GB', ADDED] as const;
  const taken = ['AL', TAKEN] as const;
  const ask = async (member: string, path: string) => (await caller.get(`/v1/${path}`, { member })).json;

  const shown = async (member: string) => {
    const { lead, results } = await ask(member, `operations/${O}`);
    const requests = (await ask(member, 'permission-requests')).items as { state: string }[];
    return { lead, arrests: results.arrests, requests: requests.map(({ state }) => state) };
  };
  const replayed = async () => {
    const tables = await world.side.replay();
    expect(tables.filter(({ before, after }) => before !== after)).toEqual([]);
  };

  it.each([
    ['afterwards', [own, added, taken]],
    ['before', [taken, own, added]],
    ['meanwhile', [added, own, taken]],
    ['before the other did, and after what was added', [added, taken, own]],
  ] as const)('has the ids and nothing that was meant for the other, %s', async (_, order) => {
    await say(order);
    for (const member of ['GB', 'AL', 'XK']) {
      expect(await ask(member, `reports/${R}`)).toMatchObject({ originator: 'AL', title: 'Of AL' });
      expect(await ask(member, `reports?originator=XK`)).toMatchObject({ items: [] });
    }
    expect(await shown('GB')).toEqual({ lead: 'AL', arrests: 2, requests: ['void'] });
    expect(await shown('AL')).toEqual({ lead: 'AL', arrests: 0, requests: [] });
    expect(await shown('XK')).toEqual({ lead: 'AL', arrests: 0, requests: [] });
    expect(JSON.stringify(await caller.all('/v1/reports', { member: 'AL' }))).not.toContain(MARK);
    await replayed();
  });

  it.each([
    ['by which it took them', [own, added, taken]],
    ['by which it took them first', [taken, own, added]],
  ])('has no more by revoking its own key, %s, and publishing again', async (_, order) => {
    await say(order);
    await world.registry.say(world.revoked('AL', 1));
    await world.settled();
    await world.until(async () => (await world.rows('records', 'stale')).length === 0);
    await say([taken]);
    expect(await shown('AL')).toEqual({ lead: 'AL', arrests: 0, requests: [] });
    expect(await shown('GB')).toEqual({ lead: 'AL', arrests: 2, requests: ['void'] });
    await replayed();
  });

  it('keeps nothing of an id that it published under once, by a key that was revoked', async () => {
    await say([own, added, taken]);
    await world.registry.say(world.revoked('AL', 1));
    await world.settled();
    await world.until(async () => (await world.rows('records', 'stale')).length === 0);
    await say([own]);
    const given = async () => {
      expect(await world.rows('records', 'contested')).toEqual([]);
      expect(await shown('GB')).toEqual({ lead: 'XK', arrests: 2, requests: ['requested'] });
    };
    await given();
    await world.side.replay();
    await given();
  });

  it('takes them from one that joined later alone', async () => {
    const others = [released(R, { title: 'Of XK', entities: [] }), { ...planned(O), access: forTwo(['GB', 'AL']) }];
    const own = [released(R, { title: MARK, entities: [], access: { handlingcodes: ['H1'] } }), planned(O)];
    await say([
      ['GB', own],
      ['AL', [arrests(ARRESTS, O)]],
    ]);
    expect(await ask('GB', `operations/${O}`)).toMatchObject({ results: { arrests: 2 } });
    await say([['XK', others]]);
    for (const member of ['GB', 'AL', 'XK']) {
      expect((await caller.get(`/v1/reports/${R}`, { member })).text).toContain(MARK);
      expect((await caller.get(`/v1/operations/${O}`, { member })).status).toBe(member === 'XK' ? 404 : 200);
    }
    // What is added may have been meant for either, as far as anybody can tell.
    expect(await ask('GB', `operations/${O}`)).toMatchObject({ lead: 'GB', results: { arrests: 0 } });
    await replayed();
  });

  it('can be proven by both signatures, and by how far each had been applied when it was served before', async () => {
    await say([own, added]);
    expect(await ask('GB', `reports/${R}`)).toMatchObject({ originator: 'XK', title: MARK });
    await say([taken]);
    const [line] = await world.db.query<{ applied: string }>(
      `select applied from consultation.entries where records @> array[$1::uuid] order by number limit 1`,
      [R],
    );
    expect(JSON.parse(line!.applied)).toMatchObject({ '/members/XK': OWN.length, '/members/AL': 0 });
    for (const member of ['AL', 'XK']) {
      const { value } = (await world.exchange.read(`/members/${member}`, 0, 1))[0]!;
      expect(JSON.parse(value)).toMatchObject({ source: `/members/${member}`, subject: R });
    }
  });

  it('has nothing by a word on an id that it never published under', async () => {
    await say([own, ['AL', [ended(R, 'recalled'), ended(O, 'erased')]]]);
    expect(await ask('GB', `reports/${R}`)).toMatchObject({ originator: 'XK', title: MARK });
    expect(await ask('GB', `operations/${O}`)).toMatchObject({ lead: 'XK' });
    expect(await world.rows('records', 'contested')).toEqual([]);
    await replayed();
  });
});
