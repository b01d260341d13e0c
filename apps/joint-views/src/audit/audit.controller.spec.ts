import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { ConsultationLog } from '../consultation/consultation-log.ts';
import { startReadSide, type Asked, type Caller } from '../testing/caller.ts';
import { NOW, putReport, uuid } from '../testing/fixtures.ts';
import { putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';

const PERSON = { id: `GB:${uuid(11)}`, schema: 'Person', properties: { name: ['Arben Shembulli'] } };
const GB: Asked = { member: 'GB' };
const AUDITOR: Asked = { member: 'AL', roles: ['auditor'] };

describe('the audit', () => {
  let db: Database;
  let caller: Caller;
  let now = NOW;

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    await putReport(db, { id: uuid(1), entities: [PERSON] });
    await putReport(db, { id: uuid(2), classification: 'SECRET' });
    await putReport(db, { id: uuid(3), state: 'erased' });
    await putReport(db, { id: uuid(4), originator: 'XK', audience: ['GB', 'AL'] });
    caller = await startReadSide(db, undefined, () => now);
    const reads: [string, Asked][] = [
      ['/v1/reports', { member: 'AL', case: 'C-AL-1' }],
      [`/v1/reports/${uuid(1)}`, { member: 'XK', purpose: 'people-smuggling', clearance: 'OFFICIAL' }],
      ['/v1/subjects?name=arben', { member: 'AL', case: 'C-AL-2' }],
      [`/v1/reports/${uuid(2)}`, { member: 'XK', clearance: 'OFFICIAL' }],
      [`/v1/reports/${uuid(999)}`, { member: 'AL' }],
      [`/v1/explain?record=${uuid(1)}&member=AL&purpose=people-smuggling`, GB],
    ];
    for (const [path, asked] of reads) {
      await caller.get(path, asked);
      now += 1000;
    }
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const sights = (record: number, asked: Asked = GB, more = '') =>
    caller.get(`/v1/audit?record=${uuid(record)}${more}`, asked);

  describe('of a record', () => {
    it('tells the originator which members’ readings returned it, newest first, and neither user nor case', async () => {
      const { status, json, text } = await sights(1);
      expect(status).toBe(200);
      expect(json).toEqual({
        items: [
          ['AL', 2],
          ['XK', 1],
          ['AL', 0],
        ].map(([member, second]) => ({
          id: expect.any(String),
          member,
          at: new Date(NOW + 1000 * (second as number)).toISOString(),
          purpose: 'people-smuggling',
        })),
        next: null,
      });
      expect(text).not.toMatch(/u1|C-AL|subjects/);
    });

    it('does not count who asked and was not answered, nor who asked about it', async () => {
      expect((await sights(2)).json.items.map(({ member }: { member: string }) => member)).toEqual(['AL']);
      expect((await sights(3)).json).toEqual({ items: [], next: null });
    });

    it('comes in pages', async () => {
      const all = (await sights(1)).json.items;
      expect(await caller.all(`/v1/audit?record=${uuid(1)}&limit=1`, GB)).toEqual(all);
      const { next } = (await sights(1, GB, '&limit=1')).json;
      expect((await sights(2, GB, `&cursor=${next}`)).status).toBe(400);
    });

    it('is for the originator’s analysts, supervisors and auditors; to others it is as absent as what never was', async () => {
      for (const roles of [['analyst'], ['supervisor'], ['auditor']]) {
        expect((await sights(1, { member: 'GB', roles })).status).toBe(200);
        const foreign = await sights(1, { member: 'AL', roles });
        expect(foreign).toMatchObject({ status: 404, json: { code: 'not-found' } });
        expect(await sights(999, { member: 'AL', roles })).toEqual(foreign);
        expect(await sights(999, { member: 'GB', roles })).toEqual(foreign);
      }
      for (const roles of [['publisher'], ['admin']]) {
        expect((await sights(1, { member: 'GB', roles })).status).toBe(403);
      }
    });

    it('leaves out what was marked as protection, but for its own member', async () => {
      const log = new ConsultationLog(db, { now: () => now });
      await log.record({
        ...{ member: 'AL', kind: 'read', at: now, user: 'u9', roles: ['analyst'], clearance: 'OFFICIAL' },
        ...{ purpose: 'returns', case: 'P-1', route: 'POST /v1/document-checks', protection: true, applied: {} },
        records: [
          { record: uuid(2), originator: 'GB' },
          { record: uuid(4), originator: 'XK' },
        ],
      });
      expect((await sights(2)).json.items).toHaveLength(1);
      const [own] = (await caller.get('/v1/audit?user=u9', AUDITOR)).json.items;
      expect(own).toMatchObject({ protection: true, records: [uuid(2), uuid(4)] });
    });
  });

  describe('of users', () => {
    it('tells an auditor what its own read, with case, route and records', async () => {
      const { json } = await caller.get('/v1/audit?user=u1', AUDITOR);
      expect(json.items.at(-1)).toEqual({
        id: expect.any(String),
        at: new Date(NOW).toISOString(),
        user: 'u1',
        roles: ['analyst'],
        purpose: 'people-smuggling',
        case: 'C-AL-1',
        route: 'GET /v1/reports',
        records: [1, 2, 4].map(uuid),
      });
      expect((await caller.get('/v1/audit?user=nobody', AUDITOR)).json.items).toEqual([]);
      const cases = json.items.map((item: { case: string }) => item.case);
      expect(cases).toEqual(expect.arrayContaining(['C-AL-1', 'C-AL-2']));
    });

    it('holds the audit’s own reading too', async () => {
      const before = (await caller.get('/v1/audit', AUDITOR)).json.items.length;
      const { items } = (await caller.get('/v1/audit', AUDITOR)).json;
      expect(items).toHaveLength(before + 1);
      expect(items[0]).toMatchObject({ route: 'GET /v1/audit', roles: ['auditor'] });
    });

    it('comes in pages that entries written meanwhile do not shift', async () => {
      const path = '/v1/audit?user=u1&limit=3';
      const items = await caller.all(path, AUDITOR);
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
      expect(items.length).toBeGreaterThan(5);
    });

    it('is for auditors, and of their own member alone', async () => {
      expect((await caller.get('/v1/audit?user=u1', { roles: ['analyst', 'supervisor'] })).status).toBe(403);
      expect((await caller.get('/v1/audit', { roles: ['analyst'] })).status).toBe(403);
      const { json } = await caller.get('/v1/audit?limit=500', AUDITOR);
      const foreign = await caller.get('/v1/audit?limit=500', { member: 'XK', roles: ['auditor'] });
      const ids = new Set(json.items.map(({ id }: { id: string }) => id));
      expect(foreign.json.items.some(({ id }: { id: string }) => ids.has(id))).toBe(false);
    });
  });

  it.each(['record=x', `record=${uuid(1)}&user=u1`, 'user=', 'cursor=x', 'what=1'])('%s is refused', async (query) => {
    expect((await caller.get(`/v1/audit?${query}`, { member: 'GB', roles: ['auditor'] })).status).toBe(400);
  });
});
