import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { approved, arrests, ended, person, planned, launched, released } from '../intake/testing/said.ts';
import { at, uuid } from '../intake/testing/source.ts';
import { closeWorlds, World } from '../intake/testing/world.ts';
import { startReadSide, type Caller } from '../testing/caller.ts';

const R = uuid('report');
const O = uuid('operation');
const AGREEMENT = uuid('agreement');
const P = person('p', 'Arben Shembulli');
const link = {
  id: `GB:${uuid('m')}`,
  schema: 'Membership',
  properties: { member: [P.id], organization: [`GB:${uuid('o')}`], role: ['pilot'] },
  assertion: 'assessment' as const,
};
const gang = {
  id: `GB:${uuid('o')}`,
  schema: 'Organization',
  properties: { name: ['Rrjeti Shembull'] },
  assertion: 'assessment' as const,
};

const agreed = (state: string) => ({
  type: `accord.registry.agreement-${state === 'suspended' ? 'suspended' : 'signed'}.v1`,
  subject: AGREEMENT,
  data: {
    by: 'GB',
    id: AGREEMENT,
    title: 'Joint Migration Task Force',
    parties: ['GB', 'AL', 'XK'],
    categories: ['intelligence', 'operation'],
    purposes: ['people-smuggling'],
    validFrom: at(0),
    validTo: null,
    onward: false,
    state,
    inForceSince: at(0),
    signedBy: ['GB', 'AL', 'XK'],
    suspendedBy: state === 'suspended' ? 'GB' : null,
  },
});

describe('what members released, as others read it', () => {
  let world: World;
  let caller: Caller;

  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL', 'XK');
    await world.of('/registry/agreements').say(agreed('in-force'));
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

  const status = async (path: string, member = 'AL') => (await caller.get(path, { member })).status;

  it('is a report with its links, a subject, a network', async () => {
    await world.say('GB', released(R, { entities: [P, gang, link] }));
    await world.settled();
    const { json } = await caller.get(`/v1/reports/${R}`);
    expect(json).toMatchObject({ id: R, originator: 'GB', version: 1, state: 'released', reviewBy: '2099-01-01' });
    expect((json as { entities: unknown[] }).entities).toEqual([
      { id: P.id, schema: 'Person', properties: P.properties, assertion: 'fact', subjectCategory: 'suspect' },
      { id: gang.id, schema: 'Organization', properties: gang.properties, assertion: 'assessment' },
      link,
    ]);
    expect(await caller.all('/v1/subjects?name=ARBEN')).toMatchObject([{ id: P.id, caption: 'Arben Shembulli' }]);
    expect((await caller.get(`/v1/networks/graph?subject=${encodeURIComponent(P.id)}`)).json).toMatchObject({
      nodes: [{ id: P.id, degree: 1 }, { id: gang.id }],
      edges: [{ source: P.id, target: gang.id, schema: 'Membership', reports: [R] }],
    });
    expect((await caller.get(`/v1/subjects/${P.id}`)).json).toMatchObject({ links: [{ other: { id: gang.id } }] });
  });

  it('is gone on the first request after a recall or a suspension was applied, and its readers are told', async () => {
    await world.say('GB', released(R));
    await world.settled();
    expect(await status(`/v1/reports/${R}`)).toBe(200);
    await world.of('/registry/agreements').say(agreed('suspended'));
    await world.settled();
    expect(await status(`/v1/reports/${R}`)).toBe(404);
    await world.of('/registry/agreements').say(agreed('in-force'));
    await world.settled();
    expect(await status(`/v1/reports/${R}`)).toBe(200);
    await world.say('GB', ended(R, 'recalled'));
    await world.settled();
    expect(await status(`/v1/reports/${R}`)).toBe(404);
    expect(await caller.all('/v1/notices')).toMatchObject([{ kind: 'recall', record: R }]);
    expect(await caller.all('/v1/notices', { member: 'XK' })).toEqual([]);
    await world.say('GB', ended(R, 'erased'));
    await world.settled();
    expect(await caller.all('/v1/notices')).toHaveLength(1);
    expect(await status(`/v1/reports/${R}`, 'GB')).toBe(404);
  });

  it('is an operation of all who take part, and of nobody else', async () => {
    await world.say('XK', approved(uuid('xk'), O));
    await world.say('AL', approved(uuid('al'), O), arrests(uuid('arrests'), O));
    await world.say('XK', arrests(uuid('stranger'), O));
    await world.settled();
    expect(await caller.all('/v1/notices')).toHaveLength(2);
    // As a node says it: an audience leaves out the originator.
    const plan = planned(O);
    await world.say('GB', { ...plan, access: { ...plan.access!, audience: ['AL'] } }, launched(O));
    await world.settled();
    for (const member of ['GB', 'AL']) {
      expect((await caller.get(`/v1/operations/${O}`, { member })).json).toMatchObject({
        lead: 'GB',
        state: 'launched',
        participants: [{ member: 'AL', approved: true }],
        results: { arrests: 2 },
      });
    }
    expect(await status(`/v1/operations/${O}`, 'XK')).toBe(404);
    expect(await caller.all('/v1/notices')).toEqual([]);
    const kinds = (await caller.all('/v1/notices', { member: 'XK' })) as { kind: string; record: string }[];
    expect(kinds.map(({ kind, record }) => [kind, record])).toEqual([
      ['claim-void', O],
      ['claim-void', O],
    ]);
  });

  it('reads the same after a replay, notices too', async () => {
    await world.say('GB', released(R, { entities: [P, gang, link] }), planned(O), released(uuid('r2')));
    await world.say('XK', approved(uuid('xk'), O));
    await world.settled();
    await caller.get(`/v1/reports/${R}`);
    await world.say('GB', ended(R, 'recalled'));
    await world.settled();
    const paths = ['reports', 'subjects', 'operations', `operations/${O}`, 'notices'];
    const read = () => Promise.all(paths.map(async (path) => (await caller.get(`/v1/${path}`)).text));
    const before = await read();
    await world.side.replay();
    expect(await read()).toEqual(before);
  });
});
