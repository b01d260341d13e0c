import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { person, reportBody } from '../testing/bodies.ts';
import { hashOfConsultation, type Consultation } from './consultations.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

describe('the audit of a node', () => {
  let node: RunningNode;
  let officer: string;
  let auditor: string;
  let id: string;
  let tearLine: string;

  const post = async (path: string, body: object, headers = {}) =>
    (await node.call('POST', path, { as: officer, body, headers })).json;
  const items = async (query = '') => (await node.call('GET', `/v1/audit${query}`, { as: auditor })).json.items;

  beforeAll(async () => {
    node = await runNode();
    officer = await node.token(['publisher', 'supervisor']);
    auditor = await node.token(['auditor']);
    const body = reportBody({ title: 'Zqx title', entities: [person('p', { name: ['Zqx Shembulli'] })] });
    ({ id } = await post('/v1/reports', body, { 'idempotency-key': 'k-1' }));
    const release = { audience: ['AL'], purposes: ['people-smuggling'] };
    const thinner = { title: 'Zqx tear line', entities: [], audience: ['XK'] };
    tearLine = (await post(`/v1/reports/${id}/release`, { ...release, tearLine: thinner })).tearLine.id;
    await post(`/v1/reports/${id}/amend`, { title: 'Zqx new', reason: 'Zqx reason' });
    await post(`/v1/reports/${id}/erase`, { reason: 'Zqx reason' });
  });
  afterAll(() => node.close());

  it('tells who did what with a record and when, and nothing of its content', async () => {
    const trail = await items(`?record=${id}`);
    expect(trail.map(({ event, operation }: Record<string, string>) => [event, operation])).toEqual([
      ['report-submitted', 'collection'],
      ['report-released', 'disclosure'],
      ['report-amended', 'alteration'],
      ['report-erased', 'erasure'],
    ]);
    const { at, ...released } = trail[1];
    expect(released).toEqual({
      id: expect.any(String),
      record: id,
      by: 'officer-1',
      operation: 'disclosure',
      event: 'report-released',
      released: 'accord.intelligence.report-released.v1',
    });
    expect(Number.isNaN(Date.parse(at))).toBe(false);
    expect(JSON.stringify(await items())).not.toContain('Zqx');
  });

  it('knows a tear line apart from its report', async () => {
    const events = (await items(`?record=${tearLine}`)).map(({ event }: { event: string }) => event);
    expect(events[0]).toBe('tear-line-released');
    expect(events.at(-1)).toBe('tear-line-erased');
    expect(await items(`?record=01900000-0000-7000-8000-000000000000`)).toEqual([]);
  });

  it('comes in pages, in the order in which it was stored', async () => {
    const all = await items();
    const paged: object[] = [];
    for (let next: string | null = ''; next !== null;) {
      const path = `/v1/audit?limit=2${next && `&cursor=${next}`}`;
      const { json } = await node.call('GET', path, { as: auditor });
      paged.push(...json.items);
      next = json.next;
    }
    expect(paged).toEqual(all);
    expect(all.length).toBeGreaterThan(5);
  });

  it('tells which records its own users read, before the answer left, chained', async () => {
    const read = async () => (await node.call('GET', '/v1/audit?operation=consultation', { as: auditor })).json.items;
    const before = (await read()).length as number;
    const report = (await post('/v1/reports', reportBody())).id as string;
    const paths = ['/v1/reports', `/v1/reports/${report}`, `/v1/reports/${report}/history`];
    for (const path of paths) expect((await node.call('GET', path, { as: officer })).status).toBe(200);
    expect((await node.call('GET', `/v1/reports/${report}x`, { as: officer })).status).toBe(404);
    const lines = (await read()).slice(before);
    expect(lines).toMatchObject([
      { by: 'officer-1', operation: 'consultation', event: 'report-listed', records: expect.arrayContaining([report]) },
      { event: 'report-read', records: [report] },
      { event: 'report-read', records: [report] },
    ]);
    const trail = await items(`?record=${report}`);
    expect(trail.filter(({ operation }: { operation: string }) => operation === 'consultation')).toHaveLength(3);
    const rows = await node.db.query<Consultation & { at: Date }>('select * from gb.consultations order by number');
    const { at: since, previous: followed, hash } = lines[1];
    const later = (await node.call('GET', `/v1/audit?operation=consultation&limit=1&from=${since}`, { as: auditor }))
      .json;
    expect(later.items[0].at).toBe(since);
    expect([followed, hash]).toEqual([lines[0].hash, lines[2].previous]);
    const none = `/v1/audit?operation=consultation&from=9999-01-01T00:00:00Z`;
    expect((await node.call('GET', none, { as: auditor })).json).toEqual({ items: [], next: null });
    let previous = '0'.repeat(64);
    for (const [n, { hash, at, ...line }] of rows.entries()) {
      const text = { ...line, at: new Date(at).toISOString() };
      expect([line.number, line.previous, hash]).toEqual([n + 1, previous, hashOfConsultation(text)]);
      previous = hash;
    }
  });

  it('refuses to read where that cannot be written, and goes on after it', async () => {
    const status = async () => (await node.call('GET', `/v1/reports`, { as: officer })).status;
    await node.db.exec('alter table gb.consultations rename to away');
    expect(await status()).toBe(503);
    await node.db.exec('alter table gb.away rename to consultations');
    expect(await Promise.all([status(), status(), status()])).toEqual([200, 200, 200]);
  });

  it('is for auditors', async () => {
    for (const path of ['/v1/audit', '/v1/audit/heads'])
      expect((await node.call('GET', path, { as: officer })).status).toBe(403);
    const times = ['?operation=consultation&from=today', '?from=2026-01-01T00:00:00Z'];
    for (const query of ['?record=x', '?cursor=x', '?limit=0', ...times])
      expect((await node.call('GET', `/v1/audit${query}`, { as: auditor })).status).toBe(400);
  });

  it('keeps where the joint views’ log ended, and what it kept it keeps', async () => {
    const heads = async () => (await node.call('GET', '/v1/audit/heads', { as: auditor })).json.items;
    const { witness } = node.node;
    await witness.look();
    expect(await heads()).toEqual([]);
    for (const [number, digit] of [
      [3, 'a'],
      [7, 'b'],
      [3, 'c'],
    ] as const) {
      node.taker.head = { number, hash: digit.repeat(64) };
      await witness.look();
    }
    expect(await heads()).toEqual([
      { number: 7, hash: 'b'.repeat(64), at: expect.any(String) },
      { number: 3, hash: 'a'.repeat(64), at: expect.any(String) },
    ]);
    node.taker.head = { number: 9, hash: 'no hash' };
    await witness.look();
    expect(await heads()).toHaveLength(2);
  });

  it('knows for good that the log was another, and tells of it before all the newest', async () => {
    const heads = async (query = '') =>
      (await node.call('GET', `/v1/audit/heads${query}`, { as: auditor })).json.items as Record<string, unknown>[];
    const look = async (number: number, digit: string, known: string | null) => {
      node.taker.head = { number, hash: digit.repeat(64), known };
      await node.node.witness.look();
    };
    await look(12, 'd', 'b'.repeat(64));
    expect(node.taker.asked).toBe('/v1/audit/head?known=7');
    expect((await heads()).some((head) => 'contradictedAt' in head)).toBe(false);
    await look(20, 'e', 'f'.repeat(64));
    await node.db.exec(`insert into gb.audit_heads (number, hash, at)
      select n, repeat('e', 64), '2026-03-01'::timestamptz + n * interval '1 minute' from generate_series(21, 199) n`);
    const kept = await heads();
    expect(kept).toHaveLength(150);
    expect(kept[0]).toEqual({
      ...{ number: 12, hash: 'd'.repeat(64), at: expect.any(String), contradictedAt: expect.any(String) },
    });
    expect(kept[1]).toMatchObject({ number: 199 });
    const before = await heads(`?before=${kept[100]!['at'] as string}`);
    expect(before[1]).toMatchObject({ number: kept[101]!['number'] as number });
    await look(5, 'e', null);
    expect((await heads()).filter((head) => 'contradictedAt' in head)).toMatchObject([{ number: 199 }, { number: 12 }]);
    expect((await node.call('GET', '/v1/audit/heads?before=today', { as: auditor })).status).toBe(400);
  });
});
