import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Asked, type Caller } from '../testing/caller.ts';
import { at, NOW, putReport, uuid } from '../testing/fixtures.ts';
import { noticesOf, startOver } from '../testing/notices.ts';
import { openTables } from '../testing/tables.ts';
import { putAnswer, putRequest } from '../testing/word-fixtures.ts';

const R = uuid(1);
const ASKED = uuid(50);
const SOON = new Date(NOW + 1000).toISOString();

describe('permissions', () => {
  let db: Database;
  let caller: Caller;
  let now: number;

  beforeAll(async () => {
    db = await openTables();
    caller = await startReadSide(db, { withheld: () => [] }, () => now);
  });
  beforeEach(async () => {
    now = NOW;
    await startOver(db);
    await putReport(db, { id: R, handlingCodes: ['H0', 'H1', 'H2'] });
    await putRequest(db, { id: ASKED, originator: 'AL', second: 10 }, R);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const list = (asked: Asked = {}, query = '') => caller.all(`/v1/permission-requests${query}`, asked);
  const report = async (asked: Asked = {}) => (await caller.get(`/v1/reports/${R}`, asked)).json;
  const answer = (by: string, second: number, what: Parameters<typeof putAnswer>[3], request = ASKED) =>
    putAnswer(db, { id: uuid(1000 + second), originator: by, second }, request, what);
  const state = async (member = 'AL') => (await list({ member }))[0]?.state as string | undefined;

  it('are asked for: the originator is told, and both see the request; nobody else does', async () => {
    const item = {
      ...{ id: ASKED, record: R, code: 'H1', scope: 'A court', reason: 'A charge' },
      ...{ requester: 'AL', at: at(10), state: 'requested' },
    };
    expect(await list({ member: 'GB', roles: ['supervisor'] })).toEqual([item]);
    expect(await list({ member: 'AL', roles: ['publisher'] })).toEqual([item]);
    expect(await list({ member: 'XK' })).toEqual([]);
    expect(await list({ member: 'GB' }, `?record=${uuid(2)}`)).toEqual([]);
    expect(await noticesOf(caller, 'GB')).toMatchObject([
      { kind: 'permission-request', record: R, at: at(10), acknowledged: false },
    ]);
    expect([...(await noticesOf(caller, 'AL')), ...(await noticesOf(caller, 'XK'))]).toEqual([]);
    expect((await report()).obligations).toEqual(['H0', 'H1', 'H2']);
  });

  it('are granted: what binds the member that asked changes, until then, and nothing of what it sees', async () => {
    const { obligations: bound, ...before } = await report();
    expect(bound).toEqual(['H0', 'H1', 'H2']);
    await answer('GB', 20, { grant: SOON });
    const { obligations, permissions, ...after } = await report();
    expect(after).toEqual(before);
    expect(obligations).toEqual(['H0', 'H2']);
    expect(permissions).toEqual([{ request: ASKED, code: 'H1', scope: 'That court', until: SOON }]);
    expect(await list()).toMatchObject([{ state: 'granted', grant: { scope: 'That court', until: SOON } }]);
    expect((await report({ member: 'XK' })).obligations).toEqual(['H0', 'H1', 'H2']);
    now = NOW + 1000;
    expect(await report()).toEqual({ ...before, obligations: ['H0', 'H1', 'H2'] });
  });

  it('give nobody sight of a record', async () => {
    await answer('GB', 20, { grant: SOON });
    expect((await caller.get(`/v1/reports/${R}`, { purpose: 'returns' })).status).toBe(404);
    expect((await caller.get(`/v1/reports/${R}`, { roles: ['supervisor'] })).status).toBe(403);
  });

  it("follow the originator's last answer, and end when who asked takes the request back", async () => {
    await answer('GB', 20, { refuse: 'A source' });
    expect(await list()).toMatchObject([{ state: 'refused', refusal: { reason: 'A source' } }]);
    await answer('GB', 21, { grant: SOON });
    expect(await state()).toBe('granted');
    await answer('GB', 22, { refuse: 'Not any more' });
    expect((await report()).obligations).toEqual(['H0', 'H1', 'H2']);
    await answer('GB', 23, { grant: SOON });
    await answer('AL', 5, 'withdraw');
    expect([await state('AL'), await state('GB')]).toEqual(['withdrawn', 'withdrawn']);
    expect((await report()).obligations).toEqual(['H0', 'H1', 'H2']);
    expect([...(await noticesOf(caller, 'AL')), ...(await list())].filter((one) => one.grant)).toEqual([]);
  });

  it('are not for others to answer or to take back: void, whether there is such a request or not', async () => {
    for (const [n, request] of [ASKED, uuid(999)].entries()) {
      await answer('XK', 30 + n, { grant: SOON }, request);
      await answer('XK', 40 + n, 'withdraw', request);
    }
    expect(await state()).toBe('requested');
    const void_ = { id: expect.any(String), at: expect.any(String), kind: 'claim-void', acknowledged: false };
    const [missing, there] = [uuid(999), ASKED].map((record) => ({ ...void_, record }));
    expect(await noticesOf(caller, 'XK')).toEqual([missing, there, missing, there]);
    expect(await list({ member: 'XK' })).toEqual([]);
  });

  it('are void of a record that its author may not see, or that is not there: one as the other', async () => {
    await putReport(db, { id: uuid(2), audience: ['XK'] });
    await putReport(db, { id: uuid(3), shield: ['al'] });
    await putReport(db, { id: uuid(4), state: 'recalled' });
    await putReport(db, { id: uuid(5), originator: 'AL' });
    // Neither embargo nor clearance nor review: the audience may ask.
    await putReport(db, { id: uuid(6), classification: 'SECRET', reviewBy: 0, notBefore: Date.UTC(2090, 0, 1) });
    for (let n = 2; n <= 7; n += 1) await putRequest(db, { id: uuid(60 + n), originator: 'AL', second: 60 }, uuid(n));
    const requests = (await list()).filter(({ record }) => record !== R);
    const missing = requests.find(({ record }) => record === uuid(7))!;
    expect(missing).toMatchObject({ state: 'void', requester: 'AL' });
    for (const { id, record, ...rest } of requests) {
      const state = record === uuid(6) ? 'requested' : 'void';
      expect({ id, record, ...rest }).toEqual({ ...missing, id, record, state });
    }
    const told = (await noticesOf(caller, 'AL')).map(({ kind, record }) => [kind, record]);
    expect(told.sort()).toEqual([2, 3, 4, 5, 7].map((n) => ['claim-void', uuid(n)]));
    expect((await list({ member: 'GB' })).map(({ record }) => record)).toEqual([uuid(6), R]);
  });

  it('pages', async () => {
    for (let n = 0; n < 4; n += 1) await putRequest(db, { id: uuid(70 + n), originator: 'AL', second: 10 }, R, 'H2');
    expect(await list({}, '?limit=2')).toEqual(await list({}, '?limit=50'));
    expect(await list({}, '?limit=2')).toHaveLength(5);
  });
});
