import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Caller } from '../testing/caller.ts';
import { at, putReport, uuid } from '../testing/fixtures.ts';
import { putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';

const PERSON = `GB:${uuid(101)}`;
const GANG = `GB:${uuid(102)}`;
const LINK = `GB:${uuid(103)}`;

describe('reports', () => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    // Thirty reports; of each three, two were updated in the same second.
    for (let i = 1; i <= 30; i += 1) {
      const originator = i % 5 === 0 ? 'XK' : 'GB';
      await putReport(db, { id: uuid(i), originator, title: `Report ${i}`, updated: 100 + Math.floor(i / 3) * 3 });
    }
    await putReport(db, {
      id: uuid(40),
      title: 'Boats bought for the Channel route',
      classification: 'OFFICIAL-SENSITIVE',
      handlingCodes: ['H1', 'H3'],
      updated: 500,
      entities: [
        {
          id: PERSON,
          schema: 'Person',
          subjectCategory: 'suspect',
          properties: { name: ['Arben Shembulli'], nationality: ['al'] },
        },
        { id: GANG, schema: 'Organization', properties: { name: ['Rrjeti Shembull', 'Rrjeti'] } },
      ],
      links: [{ id: LINK, schema: 'Membership', source: PERSON, target: GANG }],
    });
    caller = await startReadSide(db);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const ids = (items: { id: string }[]) => items.map(({ id }) => Number(id.slice(-4)));

  it('lists the newest first, in the shape of the interface', async () => {
    const { json, status } = await caller.get('/v1/reports?limit=1');
    expect(status).toBe(200);
    expect(json).toEqual({
      items: [
        {
          id: uuid(40),
          originator: 'GB',
          title: 'Boats bought for the Channel route',
          category: 'intelligence',
          classification: 'OFFICIAL-SENSITIVE',
          grading: { scheme: '3x5x2', source: '2', information: 'B', handling: 'P' },
          handlingCodes: ['H1', 'H3'],
          releasedAt: at(500),
          updatedAt: at(500),
          version: 1,
          state: 'released',
        },
      ],
      next: expect.any(String),
    });
  });

  it.each([1, 2, 3, 7, 30, 31, 50])('gives each once through all pages of %d, by time and then id', async (limit) => {
    const items = await caller.all(`/v1/reports?limit=${limit}`);
    const expected = [40, ...Array.from({ length: 30 }, (_, i) => 30 - i)];
    expect(ids(items)).toEqual(expected);
  });

  it('filters', async () => {
    expect(ids(await caller.all('/v1/reports?originator=XK'))).toEqual([30, 25, 20, 15, 10, 5]);
    expect(ids(await caller.all('/v1/reports?originator=ME'))).toEqual([]);
    expect(ids(await caller.all(`/v1/reports?since=${at(127)}&until=${at(130)}`))).toEqual([30, 29, 28, 27]);
    expect(ids(await caller.all('/v1/reports?since=2027-01-01'))).toEqual([]);
    expect(ids(await caller.all('/v1/reports?category=document'))).toEqual([]);
    for (const subject of [PERSON, GANG]) expect(ids(await caller.all(`/v1/reports?subject=${subject}`))).toEqual([40]);
    expect(ids(await caller.all(`/v1/reports?subject=AL:${uuid(101)}`))).toEqual([]);
  });

  it('takes a cursor for its own filters only', async () => {
    const { json } = await caller.get('/v1/reports?originator=GB&limit=2');
    const cursor = encodeURIComponent((json as { next: string }).next);
    expect((await caller.get(`/v1/reports?originator=GB&limit=5&cursor=${cursor}`)).status).toBe(200);
    for (const path of [`/v1/reports?cursor=${cursor}`, `/v1/operations?originator=GB&cursor=${cursor}`]) {
      expect(await caller.get(path)).toMatchObject({ status: 400, json: { errors: [{ path: '/cursor' }] } });
    }
  });

  it('gives a report with what it speaks of, and obliges those who were given it', async () => {
    const { json } = await caller.get(`/v1/reports/${uuid(40)}`);
    expect(json).toMatchObject({
      id: uuid(40),
      purposes: ['people-smuggling'],
      reviewBy: '2099-01-01',
      obligations: ['H1', 'H3'],
    });
    expect((json as { entities: unknown[] }).entities).toEqual([
      {
        id: PERSON,
        schema: 'Person',
        properties: { name: ['Arben Shembulli'], nationality: ['al'] },
        assertion: 'fact',
        subjectCategory: 'suspect',
      },
      { id: GANG, schema: 'Organization', properties: { name: ['Rrjeti Shembull', 'Rrjeti'] }, assertion: 'fact' },
      { id: LINK, schema: 'Membership', properties: {}, assertion: 'assessment' },
    ]);
    expect((await caller.get(`/v1/reports/${uuid(40)}`, { member: 'GB' })).json).toMatchObject({ obligations: [] });
  });

  it('answers 404 in the same bytes for what is hidden and what is not there', async () => {
    await putReport(db, { id: uuid(41), shield: ['al'], updated: 600 });
    const hidden = await caller.get(`/v1/reports/${uuid(41)}`);
    expect(hidden).toEqual(await caller.get(`/v1/reports/${uuid(42)}`));
    expect(hidden.status).toBe(404);
    expect((await caller.get(`/v1/reports/${uuid(41)}`, { member: 'XK' })).status).toBe(200);
  });
});
