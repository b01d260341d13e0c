import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Unavailable } from '#contracts';
import { encodeCursor } from '#platform';
import type { Database } from '#sql';
import { firstBreak, type Entry } from '../consultation/entry.ts';
import { startReadSide, type Asked, type Caller } from '../testing/caller.ts';
import { putReport, uuid } from '../testing/fixtures.ts';
import { putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';
import { scopeOf } from './keyset.ts';

const ROUTES = [
  '/v1/reports',
  `/v1/reports/${uuid(1)}`,
  '/v1/subjects',
  `/v1/subjects/GB:${uuid(11)}`,
  `/v1/networks/graph?subject=GB:${uuid(11)}`,
  '/v1/operations',
  `/v1/operations/${uuid(99)}`,
  '/v1/notices',
  `/v1/audit?record=${uuid(1)}`,
  `/v1/explain?record=${uuid(1)}&member=AL&purpose=people-smuggling`,
];

describe('reading', () => {
  let db: Database;
  let caller: Caller;
  let gate: () => readonly string[] = () => [];

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    const person = { id: `GB:${uuid(11)}`, schema: 'Person', properties: { name: ['Arben Shembulli'] } };
    await putReport(db, { id: uuid(1), entities: [person] });
    caller = await startReadSide(db, { withheld: () => gate() });
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });
  afterEach(() => {
    gate = () => [];
  });

  const entries = async (): Promise<Entry[]> => {
    const rows = await db.query<Omit<Entry, 'at'> & { at: Date }>(
      `select * from consultation.entries where member = 'AL' order by number`,
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  };

  it.each([
    ['/v1/reports', ['2026-02-30T00:00:00.000000Z', uuid(1)]],
    ['/v1/reports', ['0000-01-01T00:00:00.000000Z', uuid(1)]],
    ['/v1/reports', ['2026-01-01T00:00:00.000000Z', `GB:${uuid(1)}`]],
    ['/v1/operations', ['infinity', uuid(1)]],
    ['/v1/subjects', ['2026-01-01T00:00:00.000000Z', uuid(1)]],
  ])('%s refuses a cursor that it did not give: %j', async (route, values) => {
    const cursor = encodeCursor(scopeOf(route, {}), values);
    const { status, json } = await caller.get(`${route}?cursor=${cursor}`);
    expect([status, (json as { errors: { path: string }[] }).errors[0]?.path]).toEqual([400, '/cursor']);
  });

  it.each(ROUTES)('%s asks for a role, a purpose and a case, in this order', async (route) => {
    const refusal = async (asked: Asked) => {
      const { status, json } = await caller.get(route, asked);
      return `${status} ${(json as { code: string }).code}`;
    };
    expect(await refusal({ roles: ['admin'], purpose: null, case: null })).toBe('403 forbidden');
    expect(await refusal({ purpose: null, case: null })).toBe('400 purpose-required');
    expect(await refusal({ purpose: ' ' })).toBe('400 purpose-required');
    expect(await refusal({ purpose: 'curiosity', case: null })).toBe('400 purpose-unknown');
    expect(await refusal({ case: null })).toBe('400 case-required');
    expect(await refusal({ case: 'x'.repeat(201) })).toBe('400 invalid-request');
  });

  it.each(ROUTES)('%s writes one entry before it answers, for a 404 too', async (route) => {
    const before = await entries();
    const answer = await caller.get(route, { case: 'CASE-7' });
    const after = await entries();
    expect(after).toHaveLength(before.length + 1);
    const entry = after.at(-1)!;
    expect(entry).toMatchObject({
      actor: 'u1',
      roles: ['analyst'],
      purpose: 'people-smuggling',
      case_reference: 'CASE-7',
    });
    expect(firstBreak(after)).toBeNull();
    if (answer.status === 404) expect(entry.records).toEqual([]);
  });

  it.each(ROUTES)('%s refuses where the log cannot be written', async (route) => {
    await db.exec('alter table consultation.entries add constraint unwritable check (false) not valid');
    const answer = await caller.get(route);
    await db.exec('alter table consultation.entries drop constraint unwritable');
    expect(answer).toMatchObject({ status: 503, json: { code: 'store-unavailable' } });
    expect(answer.text).not.toContain('Arben');
  });

  it.each(ROUTES)('%s refuses while the registry is stale', async (route) => {
    gate = () => {
      throw new Unavailable('registry-stale', 'The registry was last heard of too long ago.');
    };
    expect(await caller.get(route)).toMatchObject({ status: 503, json: { code: 'registry-stale' } });
  });

  it('counts being listed as seen, once, with how far the originator had been applied', async () => {
    await db.exec('truncate consultation.reads, consultation.entries');
    await caller.get('/v1/subjects?name=arben');
    await caller.get('/v1/reports');
    const reads = await db.query('select member, record, sequence from consultation.reads');
    expect(reads).toEqual([{ member: 'AL', record: uuid(1), sequence: 100 }]);
    expect((await entries()).at(-2)).toMatchObject({ route: 'GET /v1/subjects', records: [uuid(1)] });
  });

  it('hides from other members what is withheld as a whole, not from its own', async () => {
    gate = () => ['GB'];
    expect((await caller.get(`/v1/reports/${uuid(1)}`)).status).toBe(404);
    expect((await caller.get(`/v1/reports/${uuid(1)}`, { member: 'GB' })).status).toBe(200);
    expect((await caller.get(ROUTES.at(-1)!, { member: 'GB' })).json).toMatchObject({ code: 'withheld', step: 3 });
  });

  it.each(['MK', 'ME'])('shows nothing to %s, which is not active', async (member) => {
    for (const route of ROUTES) {
      const { status, json } = await caller.get(route, { member });
      const { items, code } = json as { items?: unknown[]; code?: string };
      expect([route, status, items ?? code]).toEqual(status === 404 ? [route, 404, 'not-found'] : [route, 200, []]);
    }
  });

  it.each([
    ['/v1/reports?limit=0', '/limit'],
    ['/v1/reports?limit=501', '/limit'],
    ['/v1/reports?limit=ten', '/limit'],
    ['/v1/reports?limit=1&limit=2', '/limit'],
    ['/v1/reports?originator=gb', '/originator'],
    ['/v1/reports?category=gossip', '/category'],
    ['/v1/reports?since=yesterday', '/since'],
    ['/v1/reports?until=2026-02-30', '/until'],
    ['/v1/reports?since=0000-01-01', '/since'],
    ['/v1/reports?until=2026-01-01T00:00:00%2B16:00', '/until'],
    ['/v1/reports?subject=p1', '/subject'],
    ['/v1/reports?colour=red', '/colour'],
    ['/v1/reports?cursor=', '/cursor'],
    ['/v1/reports?cursor=bm9uZQ', '/cursor'],
    ['/v1/subjects?name=', '/name'],
    ['/v1/subjects?name=%20%2D', '/name'],
    ['/v1/subjects?schema=Persona', '/schema'],
    ['/v1/subjects?schema=__proto__', '/schema'],
    ['/v1/subjects?nationality=Albania!', '/nationality'],
    ['/v1/networks/graph', '/subject'],
    [`/v1/networks/graph?subject=GB:${uuid(11)}&depth=5`, '/depth'],
    [`/v1/networks/graph?subject=GB:${uuid(11)}&depth=0`, '/depth'],
    [`/v1/networks/graph?subject=GB:${uuid(11)}&limit=501`, '/limit'],
    ['/v1/operations?state=planned', '/state'],
    ['/v1/notices?since=2026-01-01', '/since'],
    ['/v1/explain?member=AL&purpose=returns', '/record'],
    [`/v1/explain?record=${uuid(1)}&member=Albania&purpose=returns`, '/member'],
    [`/v1/explain?record=${uuid(1)}&member=AL&purpose=fun`, '/purpose'],
    [`/v1/explain?record=${uuid(1)}&member=AL&purpose=returns&clearance=HIGH`, '/clearance'],
  ])('%s is refused, naming %s', async (path, place) => {
    const { status, json } = await caller.get(path);
    expect(status).toBe(400);
    expect((json as { code: string }).code).toBe('invalid-request');
    expect((json as { errors: { path: string }[] }).errors.map((error) => error.path)).toContain(place);
  });

  it.each(['/v1/reports/1', '/v1/reports/%00', '/v1/operations/x', '/v1/subjects/GB:1', `/v1/subjects/${uuid(11)}`])(
    '%s is not there',
    async (path) => {
      expect(await caller.get(path)).toMatchObject({ status: 404, json: { code: 'not-found' } });
    },
  );
});
