import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Asked, type Caller } from '../testing/caller.ts';
import { putReport, uuid, type ReportGiven } from '../testing/fixtures.ts';
import { putAgreement, putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';

const RECORDS: [reason: string, step: number, given: Partial<ReportGiven>][] = [
  ['recalled', 3, { state: 'recalled' }],
  ['expired', 3, { reviewBy: Date.UTC(2026, 0, 1) }],
  ['erased', 3, { state: 'erased' }],
  ['withheld', 3, { withheld: true }],
  ['embargo', 4, { notBefore: Date.UTC(2090, 0, 1) }],
  ['country-of-origin', 5, { shield: ['al', 'sy'] }],
  ['country-of-origin', 5, { shield: 'ALL' }],
  ['not-released', 6, { audience: ['XK'] }],
  ['no-legal-basis', 7, { category: 'document' }],
  ['purpose', 8, { purposes: ['human-trafficking'] }],
  ['clearance', 9, { classification: 'SECRET' }],
];

describe('explain', () => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    await putReport(db, { id: uuid(1), handlingCodes: ['H1'] });
    for (const [i, [, , given]] of RECORDS.entries()) await putReport(db, { id: uuid(10 + i), ...given });
    caller = await startReadSide(db);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const why = (record: number, member = 'AL', asked: Asked = { member: 'GB' }) =>
    caller.get(`/v1/explain?record=${uuid(record)}&member=${member}&purpose=people-smuggling`, asked);

  it.each(RECORDS.map(([code, step], i) => [code, step, 10 + i] as const))(
    'says %s, step %d',
    async (code, step, record) => {
      expect((await why(record)).json).toEqual({
        decision: 'deny',
        code,
        step,
        agreement: null,
        clause: null,
        obligations: [],
      });
    },
  );

  it('names the oldest agreement in force, its clause and the obligations of a permit', async () => {
    await putAgreement(db, { id: uuid(901), purposes: ['people-smuggling'] });
    expect((await why(1)).json).toEqual({
      decision: 'permit',
      code: null,
      step: 11,
      agreement: uuid(900),
      clause: 'intelligence for people-smuggling',
      obligations: ['H1'],
    });
  });

  it('speaks of the own analysts and of members that are not active too', async () => {
    expect((await why(1, 'GB')).json).toMatchObject({ decision: 'permit', step: 2, agreement: null });
    for (const member of ['MK', 'ME', 'IT'])
      expect((await why(1, member)).json).toMatchObject({ code: 'member-inactive', step: 1 });
  });

  it('takes the clearance asked about', async () => {
    const { json } = await caller.get(
      `/v1/explain?record=${uuid(20)}&member=AL&purpose=people-smuggling&clearance=SECRET`,
      { member: 'GB' },
    );
    expect(json).toMatchObject({ decision: 'permit' });
  });

  it('answers the originator alone; to others a record is as absent as one that never was', async () => {
    for (const roles of [['analyst'], ['supervisor'], ['auditor']]) {
      expect((await why(1, 'AL', { member: 'GB', roles })).status).toBe(200);
      const foreign = await why(1, 'AL', { member: 'AL', roles });
      expect(foreign).toMatchObject({ status: 404, json: { code: 'not-found' } });
      expect(await why(999, 'AL', { member: 'AL', roles })).toEqual(foreign);
      expect(await why(999, 'AL', { member: 'GB', roles })).toEqual(foreign);
    }
    for (const roles of [['publisher'], ['admin']])
      expect((await why(1, 'AL', { member: 'GB', roles })).status).toBe(403);
  });
});
