import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AccessAttributes, Shield } from '#contracts';
import { ended } from '../intake/testing/said.ts';
import { ACCESS, uuid, type Said } from '../intake/testing/source.ts';
import { closeWorlds, World } from '../intake/testing/world.ts';
import { VOID_RE_ENTRIES } from './re-entries.void.ts';

const R = uuid('return');
const D = uuid('document');
const E = uuid('encounter');
const access: AccessAttributes = { ...ACCESS, category: 'return', purposes: ['returns'], audience: ['AL', 'XK'] };
const person = { id: `GB:${uuid('p')}`, schema: 'Person', properties: { passportNumber: ['K1'] } };

const opened = (shield: Shield = [], more: object = {}): Said => ({
  ...{ type: 'accord.returns.documents-requested.v1', subject: R, recordversion: 1, access },
  sealed: {
    shield,
    content: {
      person,
      returnTo: 'AL',
      evidence: 'x',
      stage: 'documents-requested',
      openedAt: ACCESS.releasedat,
      ...more,
    },
  },
});
const issued = (record: string, of: string, shield: Shield = []): Said => ({
  ...{ type: 'accord.returns.travel-document-issued.v1', subject: record, recordversion: 1 },
  sealed: { shield, content: { return: of, number: 'E-1', type: 'emergency-travel-document', validTo: '2099-01-01' } },
});
const met = (shield: Shield = []): Said => ({
  ...{ type: 'accord.returns.encounter-recorded.v1', subject: E, recordversion: 1, access },
  sealed: { shield, content: { person, at: ACCESS.releasedat, place: 'Dover' } },
});
const confirmed = (record: string, of: string, encounter: string): Said => ({
  ...{ type: 'accord.returns.re-entry-confirmed.v1', subject: record },
  sealed: { content: { return: of, encounter } },
});

describe('what several members say of one return', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL', 'XK');
    await world.side.start();
  });
  afterEach(() => world.close());
  afterAll(closeWorlds);

  const returning = () => world.say('GB', opened(['mk']));
  const answering = () => world.say('AL', issued(D, R, ['sy']));
  const orders = [
    ['the return first', [returning, answering]],
    ['the document first', [answering, returning]],
  ] as const;

  it.each(orders)('joins the document to it, %s', async (_, order) => {
    for (const say of order) {
      await say();
      await world.settled();
    }
    // As visible as the return, and to the state that returns.
    expect(await world.rows('travel_documents')).toMatchObject([
      { originator: 'AL', audience: 7, purposes: 16, own_shield_codes: ['sy'], state: 0, number_key: 'E1' },
    ]);
    await world.found('MK');
    await world.settled();
    expect(await world.rows('travel_documents')).toMatchObject([{ shield: 8, own_shield: 0 }]);
    await world.say('GB', ended(R, 'recalled'));
    await world.settled();
    expect(await world.rows('travel_documents')).toMatchObject([{ state: 1, own_state: 0 }]);
  });

  it('lets nobody see what a stranger issues, or what is issued for nothing', async () => {
    await returning();
    await world.say('XK', issued(D, R));
    await world.say('AL', issued(uuid('ghost'), uuid('nothing')));
    await world.settled();
    const rows = await world.rows<{ audience: number }>('travel_documents');
    expect(rows.map(({ audience }) => audience)).toEqual([0, 0]);
  });

  it('leaves nothing of an erased return, by which a person is known', async () => {
    await returning();
    await world.settled();
    expect(await world.rows('person_marks')).toMatchObject([{ record: R, kind: 'passport', value: 'K1', shield: 0 }]);
    await world.say('GB', ended(R, 'erased'));
    await world.settled();
    expect([await world.rows('returns'), await world.rows('person_marks')]).toEqual([[], []]);
  });

  it('tells a member that its word on a re-entry is void, whyever it is', async () => {
    const word = (name: string) => uuid(`word ${name}`);
    await world.say('GB', opened(), met(['al']), confirmed(word('own'), R, E), confirmed(word('none'), R, uuid('no')));
    await world.say('XK', confirmed(word('foreign'), R, E), confirmed(word('ghost'), uuid('no'), E));
    await world.settled();
    const voids = async (member: string) =>
      (await world.db.query<{ record: string; target: string }>(VOID_RE_ENTRIES, [member])).map(
        ({ record, target }) => [record, target],
      );
    expect(await voids('GB')).toEqual([[word('none'), uuid('no')]]);
    expect((await voids('XK')).sort()).toEqual(
      [
        [word('foreign'), R],
        [word('ghost'), uuid('no')],
      ].sort(),
    );
    expect(await voids('AL')).toEqual([]);
  });

  it('withholds a return that speaks of a person of another member', async () => {
    await world.say('GB', opened([], { person: { ...person, id: `AL:${uuid('p')}` } }));
    await world.settled();
    expect(await world.rows('records')).toMatchObject([{ withheld: true }]);
    expect(await world.rows('returns')).toEqual([]);
  });
});
