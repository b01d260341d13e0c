import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Asked, type Caller } from '../testing/caller.ts';
import { uuid } from '../testing/fixtures.ts';
import { putContribution, putOperation } from '../testing/operation-fixtures.ts';
import { putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';

const Q2 = '2025-06-30T23:59:59Z';
const Q3 = '2025-07-01T00:00:00Z';

describe('results', () => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    const audience = ['GB', 'AL', 'XK'];
    await putOperation(db, { id: uuid(10), audience, participants: ['AL', 'XK'] });
    await putOperation(db, { id: uuid(11), audience: ['AL'], participants: ['AL'] });
    await putOperation(db, { id: uuid(12), audience, participants: ['AL'], state: 'recalled' });
    const arrests = { operation: uuid(10), kind: 'arrests', audience, done: Q2 } as const;
    const seizure = { operation: uuid(10), kind: 'seizure', audience, done: Q2 } as const;
    await putContribution(db, { ...arrests, id: uuid(401), originator: 'AL', count: 2 });
    await putContribution(db, { ...arrests, id: uuid(402), originator: 'AL', count: 3 });
    await putContribution(db, { ...arrests, id: uuid(403), originator: 'AL', count: 30, done: Q3 });
    // Of an operation that XK doesn't see, and from which XK is shielded.
    await putContribution(db, {
      ...arrests,
      id: uuid(404),
      originator: 'AL',
      count: 100,
      operation: uuid(11),
      audience: ['AL'],
    });
    await putContribution(db, { ...arrests, id: uuid(405), originator: 'GB', count: 1000, shield: ['xk'] });
    // By a member that has no part in it, and of one that is taken back.
    await putContribution(db, { ...arrests, id: uuid(406), originator: 'ME', count: 10_000 });
    await putContribution(db, {
      ...arrests,
      id: uuid(407),
      originator: 'AL',
      count: 100_000,
      operation: uuid(12),
      state: 'recalled',
    });
    await putContribution(db, {
      ...seizure,
      id: uuid(408),
      originator: 'GB',
      seizureKind: 'cash',
      quantity: 0.1,
      unit: 'EUR',
    });
    await putContribution(db, {
      ...seizure,
      id: uuid(409),
      originator: 'GB',
      seizureKind: 'cash',
      quantity: 0.2,
      unit: 'EUR',
    });
    await putContribution(db, {
      ...seizure,
      id: uuid(410),
      originator: 'GB',
      seizureKind: 'other',
      quantity: 1,
      unit: '=cmd',
    });
    await putContribution(db, { ...arrests, id: uuid(411), originator: 'XK', kind: 'rescues', count: 5 });
    caller = await startReadSide(db);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const ask = (query: string, asked: Asked) => caller.get(`/v1/results?${query}`, asked);
  const none = { arrests: 0, rescued: 0, seizures: [], returns: 0, documentsStopped: 0, hitsConfirmed: 0 };
  const quarter = '2025-Q2';
  const seizures = [
    { kind: 'cash', quantity: 0.3, unit: 'EUR' },
    { kind: 'other', quantity: 1, unit: '=cmd' },
  ];

  it('are added up by member and quarter, as far as the viewer sees them', async () => {
    expect((await ask('quarter=2025-Q2', { member: 'XK' })).json).toEqual({
      items: [
        { ...none, member: 'AL', quarter, arrests: 5 },
        { ...none, member: 'GB', quarter, seizures },
        { ...none, member: 'XK', quarter, rescued: 5 },
      ],
    });
    expect((await ask('quarter=2025-Q2', { member: 'AL' })).json.items).toEqual([
      { ...none, member: 'AL', quarter, arrests: 105 },
      { ...none, member: 'GB', quarter, arrests: 1000, seizures },
      { ...none, member: 'XK', quarter, rescued: 5 },
    ]);
    expect((await ask('member=AL', { member: 'XK' })).json.items).toEqual([
      { ...none, member: 'AL', quarter: '2025-Q3', arrests: 30 },
      { ...none, member: 'AL', quarter, arrests: 5 },
    ]);
    expect((await ask('', { member: 'XK', purpose: 'returns' })).json).toEqual({ items: [] });
  });

  it('come as CSV, in which nothing runs', async () => {
    const answer = await ask('quarter=2025-Q2', { member: 'XK', accept: 'text/csv' });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="results-2025-Q2.csv"',
    });
    expect(answer.headers['vary']).toMatch(/accept/i);
    expect(answer.text.split('\r\n')).toEqual([
      'quarter,member,result,kind,unit,quantity',
      '2025-Q2,AL,arrests,,,5',
      '2025-Q2,GB,seizures,cash,EUR,0.3',
      "2025-Q2,GB,seizures,other,'=cmd,1",
      '2025-Q2,XK,rescues,,,5',
      '',
    ]);
  });

  it('are logged with every record that they rest on', async () => {
    await ask('quarter=2025-Q3', { member: 'XK' });
    const [entry] = await db.query<{ records: string[] }>(
      `select records from consultation.entries where member = 'XK' order by number desc limit 1`,
    );
    expect(entry!.records).toEqual([uuid(10), uuid(403)]);
  });

  it.each(['quarter=2025', 'quarter=2025-Q5', 'quarter=0025-Q1', 'member=gb', 'limit=3'])(
    'refuses %s',
    async (query) => {
      expect(await ask(query, {})).toMatchObject({ status: 400, json: { code: 'invalid-request' } });
    },
  );
});
