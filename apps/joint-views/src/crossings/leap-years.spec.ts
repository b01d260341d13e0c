import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Caller } from '../testing/caller.ts';
import { putCrossings, type CrossingGiven } from '../testing/crossing-fixtures.ts';
import { uuid } from '../testing/fixtures.ts';
import { putAgreement, putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';

const day = (date: string, migrants: number): CrossingGiven => ({
  content: { kind: 'provisional', date, migrants, boats: 1 },
});
const month = (period: string, migrants: number): CrossingGiven => ({
  content: { kind: 'detected', period, migrants },
});

describe('crossings beside a 29 February', () => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    await putAgreement(db, { id: uuid(901), categories: ['crossing'], purposes: ['statistics'] });
    await putCrossings(db, [
      ...[day('2023-02-28', 3), day('2024-02-28', 10), day('2024-02-29', 20), day('2024-03-01', 30)],
      ...[day('2025-02-28', 100), day('2025-03-01', 200), month('2024-02', 40), month('2025-02', 50)],
    ]);
    caller = await startReadSide(db);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const list = async (query: string) => {
    const items = await caller.all(`/v1/crossings?originator=GB&${query}`, { purpose: 'statistics' });
    return items.map(({ period, migrants, yearBefore }) => [period, migrants, yearBefore]);
  };

  it('come once each by day, beside the same day of the year before', async () => {
    expect(await list('from=2025-02-28&to=2025-03-01')).toEqual([
      ['2025-02-28', 100, 10],
      ['2025-03-01', 200, 30],
    ]);
    expect(await list('from=2024-02-28&to=2024-03-01')).toEqual([
      ['2024-02-28', 10, 3],
      ['2024-02-29', 20, null],
      ['2024-03-01', 30, null],
    ]);
  });

  it('are compared with all of a month, however long February was', async () => {
    expect(await list('by=month&from=2025-02-01&to=2025-02-28')).toEqual([['2025-02', 100, 30]]);
    expect(await list('by=year&from=2025-01-01&to=2025-02-28')).toEqual([['2025', 100, 30]]);
    expect(await list('by=month&kind=detected&from=2025-02-01&to=2025-02-28')).toEqual([['2025-02', 50, 40]]);
    expect(await list('by=day&from=2025-02-28&to=2025-02-28')).toEqual([['2025-02-28', 100, 10]]);
    expect(await list('by=month&from=2024-02-01&to=2024-02-28')).toEqual([['2024-02', 10, 3]]);
  });
});
