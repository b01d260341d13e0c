import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { released } from '../intake/testing/said.ts';
import { at, uuid } from '../intake/testing/source.ts';
import { closeWorlds, memberData, World } from '../intake/testing/world.ts';
import { startReadSide, type Caller } from '../testing/caller.ts';

const REPORT = uuid('report');
const AGREEMENT = uuid('agreement');
const TERMS = {
  id: AGREEMENT,
  title: 'Of GB and AL',
  parties: ['GB', 'AL'],
  purposes: ['people-smuggling'],
  validFrom: at(0),
  validTo: null,
  onward: false,
  inForceSince: at(0),
  signedBy: ['GB', 'AL'],
  suspendedBy: null,
};
const WIDER = { title: 'Of GB and AL', purposes: ['people-smuggling'], validFrom: at(0), validTo: null, onward: false };

describe('what the registry changes of rights', () => {
  let world: World;
  let caller: Caller;

  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL');
    await world.side.start();
    await world.settled();
    await world.beat();
    caller = await startReadSide(world.db, world.side.gate, () => world.now);
    await world.say('GB', released(REPORT));
    await agree('entered-into-force', { state: 'in-force', categories: ['document'] });
  });
  afterEach(async () => {
    await caller.close();
    await world.close();
  });
  afterAll(closeWorlds);

  const agree = async (event: string, data: object) => {
    const type = `accord.registry.agreement-${event}.v1`;
    await world.of('/registry/agreements').say({ type, subject: AGREEMENT, data: { by: 'GB', ...TERMS, ...data } });
    await world.settled();
  };
  const suspend = async (state: 'suspended' | 'active') => {
    const more = state === 'suspended' ? { suspendedBy: ['AL'] } : {};
    const type = `accord.registry.member-${state === 'suspended' ? 'suspended' : 'reinstated'}.v1`;
    const data = { by: 'AL', ...memberData('AL', world.of('AL').key, state), ...more };
    await world.registry.say({ type, subject: 'AL', data });
    await world.settled();
  };
  const seen = async () => (await caller.get(`/v1/reports/${REPORT}`)).status === 200;
  /** Which transactions wrote the record and its rows. */
  const written = () => world.db.query('select xmin::text, record from views.records order by record');

  it('holds by the new terms of an amendment once the last party has signed, and by the old ones before', async () => {
    const amendment = { ...WIDER, categories: ['document', 'intelligence'], revision: 2, signedBy: [] as string[] };
    const before = { state: 'in-force', categories: ['document'], revision: 1 };
    expect(await seen()).toBe(false);
    await agree('amendment-proposed', { ...before, amendment });
    await agree('amendment-signed', { ...before, amendment: { ...amendment, signedBy: ['AL'] } });
    expect(await seen()).toBe(false);
    const rows = await written();
    await agree('amended', {
      ...{ state: 'in-force', categories: ['document', 'intelligence'], revision: 2, amendment: null },
    });
    expect(await seen()).toBe(true);
    await agree('suspended', { state: 'suspended', categories: ['document', 'intelligence'], suspendedBy: 'GB' });
    expect(await seen()).toBe(false);
    await agree('resumed', { state: 'in-force', categories: ['document', 'intelligence'] });
    expect(await seen()).toBe(true);
    await agree('terminated', { state: 'terminated', categories: ['document', 'intelligence'] });
    expect(await seen()).toBe(false);
    expect(await written()).toEqual(rows);
  });

  it('bites on the first request after a member’s suspension was applied, and touches no record', async () => {
    await agree('amended', { state: 'in-force', categories: ['intelligence'], revision: 2, amendment: null });
    expect(await seen()).toBe(true);
    const rows = await written();
    await suspend('suspended');
    expect(await seen()).toBe(false);
    await suspend('active');
    expect(await seen()).toBe(true);
    expect(await written()).toEqual(rows);
  });

  it('holds from an instant, and until one', async () => {
    const valid = async (validFrom: string, validTo: string | null) => {
      await agree('amended', {
        state: 'in-force',
        categories: ['intelligence'],
        revision: 2,
        amendment: null,
        validFrom,
        validTo,
      });
      return seen();
    };
    const [now, later] = [new Date(world.now).toISOString(), new Date(world.now + 1000).toISOString()];
    expect(await valid(now, null)).toBe(true);
    expect(await valid(later, null)).toBe(false);
    expect(await valid(at(0), later)).toBe(true);
    expect(await valid(at(0), now)).toBe(false);
  });
});
