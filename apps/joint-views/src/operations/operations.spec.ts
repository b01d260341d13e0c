import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Caller } from '../testing/caller.ts';
import { at, putReport, uuid } from '../testing/fixtures.ts';
import { putApproval, putContribution, putOperation } from '../testing/operation-fixtures.ts';
import { putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';
import { stateOf } from './results.ts';

const KNOWN = `GB:${uuid(51)}`;
const HIDDEN = `GB:${uuid(52)}`;

describe('operations', () => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    await putReport(db, { id: uuid(1), entities: [{ id: KNOWN, schema: 'Person' }] });
    await putReport(db, { id: uuid(2), audience: [], entities: [{ id: HIDDEN, schema: 'Person' }] });
    const audience = ['GB', 'AL', 'XK'];
    await putOperation(db, {
      id: uuid(10),
      audience,
      participants: ['AL', 'XK'],
      targets: [KNOWN, HIDDEN],
      launched: true,
      updated: 10,
    });
    await putOperation(db, { id: uuid(11), audience: ['AL'], participants: [], updated: 20 });
    await putOperation(db, { id: uuid(12), audience: ['AL'], participants: ['AL'], concluded: true, updated: 30 });
    for (const [id, originator] of [
      [301, 'AL'],
      [302, 'GB'],
      [303, 'ME'],
    ] as const) {
      await putApproval(db, uuid(id), originator, uuid(10));
    }
    const arrests = { operation: uuid(10), kind: 'arrests', audience } as const;
    const boats = { operation: uuid(10), kind: 'seizure', audience, seizureKind: 'boat', unit: 'item' } as const;
    const cash = { ...boats, seizureKind: 'cash', unit: 'EUR' } as const;
    await putContribution(db, { ...arrests, id: uuid(401), originator: 'AL', count: 2 });
    await putContribution(db, { ...arrests, id: uuid(402), originator: 'GB', count: 1 });
    // By a member that has no part in it; and one from which XK is shielded.
    await putContribution(db, { ...arrests, id: uuid(403), originator: 'ME', count: 40 });
    await putContribution(db, { ...arrests, id: uuid(404), originator: 'AL', count: 5, shield: ['xk'] });
    await putContribution(db, { ...boats, id: uuid(405), originator: 'GB', quantity: 3 });
    await putContribution(db, { ...boats, id: uuid(406), originator: 'AL', quantity: 1 });
    await putContribution(db, { ...cash, id: uuid(407), originator: 'AL', quantity: 0.1 });
    await putContribution(db, { ...cash, id: uuid(408), originator: 'AL', quantity: 0.2 });
    await putContribution(db, { ...arrests, id: uuid(409), originator: 'AL', kind: 'rescues', count: 9 });
    caller = await startReadSide(db);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const seen = async (member = 'AL') => (await caller.get(`/v1/operations/${uuid(10)}`, { member })).json;

  it('joins what lead and participants say, as far as the viewer sees it', async () => {
    expect(await seen()).toEqual({
      id: uuid(10),
      lead: 'GB',
      name: 'Operation',
      state: 'planned',
      participants: [
        { member: 'AL', approved: true },
        { member: 'XK', approved: false },
      ],
      results: {
        arrests: 8,
        rescued: 9,
        seizures: [
          { kind: 'boat', quantity: 4, unit: 'item' },
          { kind: 'cash', quantity: 0.3, unit: 'EUR' },
        ],
      },
      area: 'Durrës',
      window: { from: at(0), to: at(86_400) },
      targets: [KNOWN],
      purposes: ['people-smuggling'],
      classification: 'OFFICIAL',
      handlingCodes: ['H0'],
      releasedAt: at(10),
      updatedAt: at(10),
      version: 1,
      recordState: 'released',
    });
    expect(await seen('GB')).toMatchObject({ results: { arrests: 8 }, targets: [KNOWN, HIDDEN] });
    expect(await seen('XK')).toMatchObject({ results: { arrests: 3 } });
  });

  it('is launched when every participant has approved, whatever came first', async () => {
    await putApproval(db, uuid(304), 'XK', uuid(10));
    for (const member of ['GB', 'AL', 'XK']) expect(await seen(member)).toMatchObject({ state: 'launched' });
  });

  it('decides the state from all that was said', () => {
    const course = { participants: ['AL', 'XK'], launched: false, concluded: false };
    expect(stateOf(course, new Set(['AL', 'ME']))).toBe('planned');
    expect(stateOf(course, new Set(['AL', 'XK']))).toBe('approved');
    expect(stateOf({ ...course, launched: true }, new Set(['XK']))).toBe('planned');
    expect(stateOf({ ...course, launched: true }, new Set(['AL', 'XK']))).toBe('launched');
    expect(stateOf({ ...course, launched: true, concluded: true }, new Set())).toBe('concluded');
    expect(stateOf({ ...course, participants: [] }, new Set())).toBe('approved');
  });

  it('does not count an approval that the audience or the shield excludes', async () => {
    await db.query('update views.operations set shield = 4 where record = $1', [uuid(10)]);
    expect(await seen('GB')).toMatchObject({
      state: 'planned',
      participants: [{ approved: true }, { approved: false }],
    });
    await db.query('update views.operations set shield = 0, audience = 3 where record = $1', [uuid(10)]);
    expect(await seen('GB')).toMatchObject({ state: 'planned' });
    await db.query('update views.operations set audience = 7 where record = $1', [uuid(10)]);
  });

  it('lists the newest first, each in the same shape', async () => {
    const { json } = await caller.get('/v1/operations');
    const { items, next } = json as { items: { id: string; state: string }[]; next: null };
    expect(items.map(({ id, state }) => [id, state])).toEqual([
      [uuid(12), 'concluded'],
      [uuid(11), 'approved'],
      [uuid(10), 'launched'],
    ]);
    expect(next).toBeNull();
    expect(items[2]).toEqual(await seen());
    for (const limit of [1, 2, 3]) expect(await caller.all(`/v1/operations?limit=${limit}`)).toEqual(items);
    expect(await caller.all(`/v1/operations?since=${at(15)}&until=${at(25)}`)).toEqual([items[1]]);
    expect(await caller.all('/v1/operations?originator=AL')).toEqual([]);
    expect((await caller.get(`/v1/operations/${uuid(11)}`, { member: 'XK' })).status).toBe(404);
  });

  it('logs the operation and every contribution and target behind the answer', async () => {
    await seen('XK');
    const [entry] = await db.query<{ records: string[] }>(
      `select records from consultation.entries where member = 'XK' order by number desc limit 1`,
    );
    expect(entry!.records).toEqual([1, 10, 401, 402, 405, 406, 407, 408, 409].map(uuid));
  });
});
