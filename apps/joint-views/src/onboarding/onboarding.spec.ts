import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Asked, type Caller } from '../testing/caller.ts';
import { putReport, uuid, type ReportGiven } from '../testing/fixtures.ts';
import { putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';

const DAY = 86_400;
/** What of GB's a country that joins would gain by a backfill of everything. */
const RECORDS: [of: string, forAll: boolean, given: Partial<ReportGiven>][] = [
  ['one for all', true, {}],
  ['one for all, of another category', true, { category: 'document', updated: 10 * DAY }],
  ['one under embargo', true, { notBefore: Date.UTC(2090, 0, 1) }],
  ['one that names it', false, { audience: ['AL', 'IT'] }],
  ['one for others', false, {}],
  ['one shielded from it', true, { shield: ['it'] }],
  ['one shielded from everyone', true, { shield: 'ALL' }],
  ['one recalled', true, { state: 'recalled' }],
  ['one expired', true, { reviewBy: Date.UTC(2026, 0, 1) }],
  ['one withheld', true, { withheld: true }],
  ["another member's", true, { originator: 'AL', audience: ['GB'] }],
];
const ADMIN = { member: 'GB', roles: ['admin'], purpose: null, case: null };

describe('the preview of what a newcomer would gain', () => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    for (const [i, [, forAll, given]] of RECORDS.entries()) {
      await putReport(db, { id: uuid(10 + i), ...given });
      if (forAll) await db.query('update views.records set taskforce = true where record = $1', [uuid(10 + i)]);
    }
    caller = await startReadSide(db);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const preview = (query = '', asked: Asked = ADMIN, code = 'IT') =>
    caller.get(`/v1/onboarding/${code}/preview${query}`, asked);
  const gains = async (query?: string, asked?: Asked) => (await preview(query, asked)).json as unknown;

  it("counts the caller's own, by category", async () => {
    const all = {
      originator: 'GB',
      gains: [
        { category: 'document', records: 1 },
        { category: 'intelligence', records: 3 },
      ],
    };
    expect(await gains('?since=all')).toEqual(all);
    expect(await gains()).toEqual(all);
    expect(await gains('', { ...ADMIN, member: 'AL' })).toEqual({
      originator: 'AL',
      gains: [{ category: 'intelligence', records: 1 }],
    });
  });

  it('counts what was released since a day, or what names it already', async () => {
    const named = { category: 'intelligence', records: 1 };
    expect(await gains('?since=2026-01-05')).toMatchObject({ gains: [{ category: 'document', records: 1 }, named] });
    expect(await gains('?since=none')).toMatchObject({ gains: [named] });
  });

  it('is for admins of active members, and about a country', async () => {
    expect((await preview('', { ...ADMIN, roles: ['analyst', 'supervisor'] })).status).toBe(403);
    expect((await preview('', { ...ADMIN, member: 'ME' })).status).toBe(404);
    expect((await preview('', ADMIN, 'italy')).json).toMatchObject({ status: 400, errors: [{ path: '/code' }] });
    expect((await preview('?since=lately')).json).toMatchObject({ status: 400, errors: [{ path: '/since' }] });
  });

  it('leaves no line in the consultation log: nothing of a record is served', async () => {
    await preview();
    expect(await db.query('select 1 from consultation.entries')).toEqual([]);
  });
});
