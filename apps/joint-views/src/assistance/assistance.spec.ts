import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Caller } from '../testing/caller.ts';
import { putSnapshot, uuid, type RecordGiven } from '../testing/fixtures.ts';
import { putAgreement, putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';
import { assistanceRows } from './assistance.projection.ts';

const pledgedAt = '2025-05-15T10:00:00.000Z';
const machines = { receiver: 'AL', kind: 'equipment', item: 'forgery-detection machine', quantity: 2 } as const;
const fund = {
  receiver: 'AL',
  kind: 'money',
  item: 'Forensics programme',
  amount: '1000000.00',
  currency: 'GBP',
} as const;

const rowOf = (content: object): object =>
  assistanceRows({
    ...{ id: uuid(1), type: 'x', record: uuid(1), originator: 'GB', at: pledgedAt, access: null },
    content: { stage: 'pledged', pledgedAt, ...content },
  })['assistance']![0]!;

describe('assistance', () => {
  let db: Database;
  let caller: Caller;

  const put = (given: Partial<RecordGiven> & { id: string }, content: object) =>
    putSnapshot(db, {
      category: 'assistance',
      table: 'assistance',
      kind: 'assistance',
      columns: rowOf(content),
      ...given,
    });

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    await putAgreement(db, { id: uuid(901), categories: ['assistance'] });
    await put({ id: uuid(1), updated: 1 }, machines);
    const draws = [{ amount: '0.10', for: 'DNA kits', at: pledgedAt }];
    await put({ id: uuid(2), updated: 2 }, { ...fund, drawn: '0.10', draws });
    await put(
      { id: uuid(3), updated: 3 },
      { ...fund, amount: '0.20', drawn: '0.20', pledgedAt: '2025-12-31T23:59:59Z' },
    );
    await put({ id: uuid(4), updated: 4 }, { ...fund, receiver: 'XK', pledgedAt: '2026-01-01T00:00:00Z' });
    await put({ id: uuid(5), updated: 5, audience: ['AL'] }, { ...fund, amount: '7.00', drawn: '1.00' });
    await put({ id: uuid(6), updated: 6, originator: 'XK', audience: ['GB'] }, fund);
    await put({ id: uuid(7), updated: 7, state: 'recalled' }, fund);
    caller = await startReadSide(db);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const ids = async (query: string, member: string) =>
    (await caller.get(`/v1/assistance?${query}`, { member })).json.items.map(({ id }: { id: string }) =>
      Number(id.slice(-2)),
    );

  it('is told as far as the viewer may see it, newest first', async () => {
    expect(await ids('', 'AL')).toEqual([5, 4, 3, 2, 1]);
    expect(await ids('', 'XK')).toEqual([6, 4, 3, 2, 1]);
    expect(await ids('receiver=XK', 'AL')).toEqual([4]);
    expect(await ids('donor=XK', 'XK')).toEqual([6]);
    expect(await ids('donor=XK', 'AL')).toEqual([]);
    expect(await ids('year=2025', 'XK')).toEqual([6, 3, 2, 1]);
    expect((await caller.all('/v1/assistance?limit=2', { member: 'AL' })).map(({ id }) => id)).toHaveLength(5);
  });

  it('shows what was pledged, and of money what was drawn', async () => {
    expect((await caller.get(`/v1/assistance/${uuid(1)}`, { member: 'AL' })).json).toMatchObject({
      ...{ id: uuid(1), donor: 'GB', ...machines, state: 'pledged', pledgedAt },
      ...{ purposes: ['people-smuggling'], classification: 'OFFICIAL', recordState: 'released', version: 1 },
    });
    expect((await caller.get(`/v1/assistance/${uuid(2)}`, { member: 'AL' })).json).toMatchObject({
      ...{ ...fund, drawn: '0.10', draws: [{ amount: '0.10', for: 'DNA kits', at: pledgedAt }] },
    });
    for (const id of [uuid(5), uuid(7), uuid(99), 'x'])
      expect((await caller.get(`/v1/assistance/${id}`, { member: 'XK' })).status).toBe(404);
  });

  it('adds up exactly, and only what the viewer sees', async () => {
    const totals = async (member: string, query = '') =>
      (await caller.get(`/v1/assistance/totals?${query}`, { member })).json.items;
    const money = { donor: 'GB', receiver: 'AL', year: 2025, kind: 'money', currency: 'GBP' };
    expect(await totals('XK', 'donor=GB&receiver=AL')).toEqual([
      { donor: 'GB', receiver: 'AL', year: 2025, kind: 'equipment', item: machines.item, quantity: 2 },
      { ...money, amount: '1000000.20', drawn: '0.30' },
    ]);
    expect(await totals('AL', 'donor=GB&receiver=AL&year=2025')).toContainEqual({
      ...money,
      amount: '1000007.20',
      drawn: '1.30',
    });
    expect(await totals('AL', 'year=2026')).toEqual([
      { ...money, receiver: 'XK', year: 2026, amount: '1000000.00', drawn: null },
    ]);
  });

  it('adds up more pieces than 32 bits hold', async () => {
    const many = { ...machines, receiver: 'MK', quantity: 2_000_000_000 };
    for (const n of [20, 21]) await put({ id: uuid(n), updated: n }, many);
    const { items } = (await caller.get('/v1/assistance/totals?receiver=MK', { member: 'GB' })).json;
    expect(items).toMatchObject([{ quantity: 4_000_000_000 }]);
  });

  it.each(['donor=gb', 'year=25', 'year=abc', 'order=asc', 'cursor=abc'])('refuses %s', async (query) => {
    expect(await caller.get(`/v1/assistance?${query}`)).toMatchObject({
      status: 400,
      json: { code: 'invalid-request' },
    });
  });
});
