import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plusDays } from '#contracts';
import type { Database } from '#sql';
import { startReadSide, type Caller } from '../testing/caller.ts';
import { putCrossings, type CrossingGiven } from '../testing/crossing-fixtures.ts';
import { uuid } from '../testing/fixtures.ts';
import { putAgreement, putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';

const STATISTICS = { purpose: 'statistics' };
const day = (date: string, migrants: number, boats = 1, over: Partial<CrossingGiven> = {}): CrossingGiven => ({
  content: { kind: 'provisional', date, migrants, boats },
  ...over,
});

describe('crossings', () => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    await putAgreement(db, { id: uuid(901), categories: ['crossing'], purposes: ['statistics'] });
    // Every day from 1 January 2024 on: 1, 2, 3 … people, of two boats each tenth day.
    const days = Array.from({ length: 400 }, (_, n) => day(plusDays('2024-01-01', n), n + 1, n % 10 === 9 ? 2 : 1));
    await putCrossings(db, days);
    await putCrossings(db, [
      // Reconciled since, for everybody; and one only for GB's friends in AL.
      { content: { kind: 'reconciled', date: '2025-01-06', migrants: 1000, boats: 10 } },
      { content: { kind: 'reconciled', date: '2025-01-07', migrants: 2000, boats: 20 }, audience: ['AL'] },
      { content: { kind: 'prevented', period: '2025-W02', migrants: 70, events: 3 } },
      { content: { kind: 'detected', period: '2025-01', route: 'Western Balkan Route, Land', migrants: 500 } },
      { content: { kind: 'reconciled', period: '2023-12', migrants: 90, boats: 3 } },
      day('2025-01-08', 5_000, 5, { state: 'recalled' }),
      day('2025-01-01', 7, 1, { originator: 'XK', audience: ['GB', 'AL'] }),
    ]);
    caller = await startReadSide(db);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const list = (query: string, asked: object = {}) =>
    caller.all(`/v1/crossings?originator=GB&${query}`, { ...STATISTICS, ...asked });

  it('are shown by day, oldest first, in the shape of the interface', async () => {
    const { status, json } = await caller.get('/v1/crossings?originator=GB&from=2025-01-01&to=2025-01-01', STATISTICS);
    expect(status).toBe(200);
    expect(json).toEqual({
      items: [
        {
          period: '2025-01-01',
          migrants: 367,
          boats: 1,
          peoplePerBoat: 367,
          yearBefore: 1,
          change: 366,
          sevenDayMean: 364,
        },
      ],
      next: null,
    });
  });

  it('count what is reconciled instead of what was provisional, as far as the viewer may see it', async () => {
    const days = 'from=2025-01-05&to=2025-01-08';
    const of = (items: { migrants: number }[]) => items.map(({ migrants }) => migrants);
    expect(of(await list(days))).toEqual([371, 1000, 2000, 374]);
    expect(of(await list(days, { member: 'XK' }))).toEqual([371, 1000, 373, 374]);
    expect(of(await list(days, { member: 'GB' }))).toEqual([371, 1000, 2000, 374]);
    expect(of(await list(`${days}&kind=provisional`))).toEqual([371, 372, 373, 374]);
    expect(await list(days, { purpose: 'returns' })).toEqual([]);
    expect(await list(days, { member: 'MK' })).toEqual([]);
  });

  it('are added up by ISO week, month and year, and compared with as much of the year before', async () => {
    expect(await list('by=week&from=2024-12-30&to=2025-01-05')).toEqual([
      expect.objectContaining({
        period: '2025-W01',
        migrants: 365 + 366 + 367 + 368 + 369 + 370 + 371,
        yearBefore: 28,
      }),
    ]);
    expect(await list('by=month&to=2024-02-29')).toEqual([
      { period: '2023-12', migrants: 90, boats: 3, peoplePerBoat: 30, yearBefore: null, change: null },
      expect.objectContaining({ period: '2024-01', migrants: 496, boats: 34 }),
      expect.objectContaining({ period: '2024-02', migrants: (32 + 60) * 14.5 }),
    ]);
    const years = await list('by=year');
    const thisYear = (366 + 1 + 400) * 17 - 372 - 373 + 1000 + 2000;
    expect(years).toEqual([
      expect.objectContaining({ period: '2023', migrants: 90 }),
      expect.objectContaining({ period: '2024', migrants: (366 * 367) / 2, yearBefore: 90 }),
      // To 3 February, the last day that was counted, in both years.
      expect.objectContaining({ period: '2025', migrants: thisYear, yearBefore: (34 * 35) / 2 }),
    ]);
  });

  it('keep what was prevented, and what was detected, apart', async () => {
    expect(await list('by=week&kind=prevented')).toEqual([
      { period: '2025-W02', migrants: 70, boats: null, events: 3, peoplePerBoat: null, yearBefore: null, change: null },
    ]);
    expect(await list('by=month&kind=detected')).toEqual([
      expect.objectContaining({ period: '2025-01', migrants: 500 }),
    ]);
    expect(await list(`by=year&kind=detected&route=${encodeURIComponent('Western Balkan Route, Land')}`)).toHaveLength(
      1,
    );
    expect(await list('by=year&kind=detected&route=Elsewhere')).toEqual([]);
  });

  it('are those of all members together where none is named', async () => {
    const path = '/v1/crossings?from=2025-01-01&to=2025-01-01';
    expect((await caller.get(path, STATISTICS)).json.items[0]).toMatchObject({ migrants: 374, boats: 2 });
    expect((await caller.get(path, { ...STATISTICS, member: 'MK' })).json.items).toEqual([]);
  });

  it.each([67, 399, 400, 500])('come once each through all pages of %d', async (limit) => {
    const days = await list(`limit=${limit}`);
    expect(days).toHaveLength(400);
    expect(days[399]).toEqual((await list('from=2025-02-03'))[0]);
  });

  it('are summed up at a day', async () => {
    const path = '/v1/crossings/summary?originator=GB&date=2025-01-06';
    expect((await caller.get(path, STATISTICS)).json).toEqual({
      date: '2025-01-06',
      day: 1000,
      week: 1000 + 2000 + 374 + 375 + 376 + 377 + 378,
      yearToDate: 367 + 368 + 369 + 370 + 371 + 1000,
      sameDayLastYear: 6,
      boats: 10,
      peoplePerBoat: 100,
      sevenDayMean: 458.71,
      yearToDateLastYear: 21,
      weekBefore: 2576,
    });
    const nobody = await caller.get('/v1/crossings/summary?originator=ME&date=2025-01-06', STATISTICS);
    const hidden = await caller.get(path, { ...STATISTICS, member: 'MK' });
    expect(hidden.text).toBe(nobody.text);
    expect(hidden.json).toMatchObject({ day: null, week: null, yearToDate: null, sameDayLastYear: null, boats: null });
  });

  it('log every record that they were added up from', async () => {
    const ids = await putCrossings(db, [day('2019-05-01', 10), day('2019-05-02', 20), day('2018-05-02', 5)]);
    await list('from=2019-05-02&to=2019-05-02');
    const [entry] = await db.query<{ records: string[]; route: string }>(
      'select records, route from consultation.entries order by number desc limit 1',
    );
    expect(entry).toEqual({ records: [...ids].sort(), route: 'GET /v1/crossings' });
  });

  it('are the same of a node that says a day twice, whichever came first', async () => {
    const said = (n: number) => day('2018-08-01', n, 1, { id: uuid(7000 + n) });
    await putCrossings(db, [said(9), said(4), said(7)]);
    expect(await list('from=2018-08-01&to=2018-08-01')).toMatchObject([{ migrants: 4 }]);
  });

  it('are told in the feed of changes to whom they are for', async () => {
    const feed = async (member: string) =>
      (await caller.get('/v1/changes?limit=5', { ...STATISTICS, member })).json.items as { category: string }[];
    expect((await feed('AL')).map(({ category }) => category)).toEqual(Array.from({ length: 5 }, () => 'crossing'));
    expect(await feed('MK')).toEqual([]);
  });

  it.each([
    ['by=decade', '/by'],
    ['from=2025-02-30', '/from'],
    ['to=soon', '/to'],
    ['from=2025-02-01&to=2025-01-31', '/to'],
    ['from=0000-01-01', '/from'],
    ['kind=imagined', '/kind'],
    ['route=%01', '/route'],
    ['originator=Britain', '/originator'],
    ['cursor=x', '/cursor'],
    ['by=nationality&cursor=x', '/cursor'],
    ['surprise=1', '/surprise'],
  ])('refuse %s', async (query, path) => {
    expect(await caller.get(`/v1/crossings?${query}`, STATISTICS)).toMatchObject({
      status: 400,
      json: { code: 'invalid-request', errors: [{ path }] },
    });
  });

  it('refuse a summary of no day or of nobody', async () => {
    const wrong = [
      'date=2025-01-06',
      'originator=GB',
      'originator=GB&date=2025-13-01',
      'originator=GB&date=9999-12-30',
    ];
    for (const query of wrong) {
      expect((await caller.get(`/v1/crossings/summary?${query}`, STATISTICS)).status).toBe(400);
    }
    expect(await list('from=9999-12-31&to=9999-12-31')).toEqual([]);
    expect(await caller.get(`/v1/crossings/${uuid(1)}`, STATISTICS)).toMatchObject({ status: 404 });
  });
});
