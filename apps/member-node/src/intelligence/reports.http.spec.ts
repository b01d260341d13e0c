import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportBody } from '../testing/bodies.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

describe('reports over HTTP', () => {
  let gb: RunningNode;
  let officer: string;
  let publisher: string;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
    publisher = await gb.token(['publisher']);
  });
  afterAll(() => gb.close());

  const submit = (body: object, as = officer, headers?: Record<string, string>) =>
    gb.call('POST', '/v1/reports', { as, body, ...(headers && { headers }) });
  const act = (id: string, what: string, body: object, as = officer, headers?: Record<string, string>) =>
    gb.call('POST', `/v1/reports/${id}/${what}`, { as, body, ...(headers && { headers }) });

  it('submits, and names the entities', async () => {
    const answer = await submit(reportBody(), publisher);
    expect(answer.text).toContain('"version":1');
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/v1/reports/${answer.json.id}`);
    expect(Object.keys(answer.json.entities)).toEqual(['p', 'o', 'm']);
    expect(answer.json.entities.p).toMatch(/^GB:[\da-f-]{36}$/);
    expect((await gb.relayed()).filter(({ subject }) => subject === answer.json.id)).toEqual([]);
  });

  it('releases what was submitted, to the audience named', async () => {
    const { json } = await submit(reportBody());
    const released = await act(json.id, 'release', { audience: ['XK', 'AL'], purposes: ['people-smuggling'] });
    expect(released).toMatchObject({ status: 200, json: { id: json.id, version: 2 } });
    const sent = (await gb.relayed()).find(({ subject }) => subject === json.id)!;
    expect(sent).toMatchObject({
      type: 'accord.intelligence.report-released.v1',
      recordversion: 1,
      access: { audience: ['AL', 'XK'], taskforce: false, purposes: ['people-smuggling'], classification: 'OFFICIAL' },
      opened: { shield: [], content: { title: 'Boats bought for the Channel route' } },
    });
    expect(sent.opened!.content!['entities']).toHaveLength(3);
  });

  it('keeps the first answer of an external id and of an idempotency key', async () => {
    const body = reportBody({ externalId: 'NCA-1' });
    const first = await submit(body);
    const count = await gb.count();
    expect(await submit(body)).toMatchObject({ status: 200, json: first.json });
    expect(await submit({ ...body, title: 'Another' })).toMatchObject({
      status: 409,
      json: { code: 'external-id-reused' },
    });
    expect(await gb.count()).toBe(count);
    const key = { 'idempotency-key': 'k-1' };
    const keyed = await submit(reportBody(), publisher, key);
    const after = await gb.count();
    expect(await submit(reportBody(), publisher, key)).toMatchObject({ status: 201, json: keyed.json });
    expect(await submit(reportBody({ title: 'x' }), publisher, key)).toMatchObject({
      status: 409,
      json: { code: 'idempotency-key-reused' },
    });
    expect(await gb.count()).toBe(after);
  });

  it('runs a transition once under its key, and not against another version', async () => {
    const { json } = await submit(reportBody());
    const key = { 'idempotency-key': `r-${json.id}` };
    const terms = { audience: ['AL'], purposes: ['people-smuggling'] };
    expect(await act(json.id, 'release', terms, officer, { 'if-match': '"2"' })).toMatchObject({
      status: 412,
      json: { code: 'version-conflict' },
    });
    const first = await act(json.id, 'release', terms, officer, key);
    await act(json.id, 'amend', { title: 'Later', reason: 'r' });
    expect(await act(json.id, 'release', terms, officer, key)).toMatchObject({ status: 200, json: first.json });
  });

  it('gives a tear line its own record, that ends with the report', async () => {
    const { json } = await submit(reportBody({ title: 'Full' }));
    const poorer = { title: 'Boats', entities: [], audience: 'TASK_FORCE' };
    const answer = await act(json.id, 'release', {
      audience: ['XK'],
      purposes: ['people-smuggling'],
      tearLine: poorer,
    });
    expect(answer.json).toEqual({ id: json.id, version: 3, tearLine: { id: expect.any(String) } });
    await act(json.id, 'recall', { reason: 'wrong' });
    const sent = (await gb.relayed()).filter(({ subject }) => subject === answer.json.tearLine.id);
    expect(sent).toMatchObject([
      { type: 'accord.intelligence.report-released.v1', access: { audience: ['AL', 'XK'], taskforce: true } },
      { type: 'accord.records.record-recalled.v1' },
    ]);
    expect(sent[0]!.opened!.content).toMatchObject({ title: 'Boats', entities: [] });
    expect(await act(json.id, 'recall', { reason: 'again' })).toMatchObject({
      status: 409,
      json: { code: 'report.recalled' },
    });
  });

  it('expires at the review date', async () => {
    const release = { audience: ['AL'], purposes: ['people-smuggling'] };
    const { json } = await submit(reportBody({ reviewBy: '2026-02-02', release }));
    await gb.node.expire();
    expect((await gb.call('GET', `/v1/reports/${json.id}`, { as: officer })).json.state).toBe('released');
    gb.clock.time = Date.parse('2026-02-02T00:00:00Z');
    officer = await gb.token(['publisher', 'supervisor']);
    publisher = await gb.token(['publisher']);
    await gb.node.expire();
    expect((await gb.call('GET', `/v1/reports/${json.id}`, { as: officer })).json.state).toBe('expired');
    expect((await gb.relayed()).at(-1)).toMatchObject({ subject: json.id, type: 'accord.records.record-expired.v1' });
  });

  it('erases by destroying keys, here and at the joint views', async () => {
    const release = { audience: ['AL'], purposes: ['people-smuggling'] };
    const { json } = await submit(reportBody({ title: 'Qelibar', release }));
    await gb.relayed();
    expect(gb.taker.keys.has(json.id)).toBe(true);
    expect((await act(json.id, 'erase', { reason: 'court order' })).status).toBe(200);
    expect(gb.taker.keys.has(json.id)).toBe(false);
    expect(await gb.db.query(`select 1 from gb.keys where record = $1`, [json.id])).toEqual([]);
    expect(await gb.db.query(`select 1 from gb.own_touches where record = $1`, [json.id])).toEqual([]);
    const shown = await gb.call('GET', `/v1/reports/${json.id}`, { as: officer });
    expect(shown.json).toEqual({ id: json.id, state: 'erased', version: 3, updatedAt: expect.any(String) });
    const history = await gb.call('GET', `/v1/reports/${json.id}/history`, { as: officer });
    expect(history.json.items.map(({ type }: { type: string }) => type)).toEqual([
      'report-submitted',
      'report-released',
      'report-erased',
    ]);
    expect((await gb.relayed()).at(-1)).toMatchObject({ subject: json.id, type: 'accord.records.record-erased.v1' });
  });

  it('shows its own reports page by page, as far as clearance goes', async () => {
    const secret = await submit(reportBody({ classification: 'SECRET' }));
    const low = await gb.token(['publisher'], { clearance: 'OFFICIAL' });
    expect((await gb.call('GET', `/v1/reports/${secret.json.id}`, { as: low })).status).toBe(404);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await gb.call('GET', `/v1/reports?limit=3${cursor && `&cursor=${cursor}`}`, { as: publisher });
      seen.push(...page.json.items.map(({ id }: { id: string }) => id));
      cursor = page.json.next ?? '';
    } while (cursor);
    expect(seen[0]).toBe(secret.json.id);
    expect(new Set(seen).size).toBe(seen.length);
    const low2 = await gb.call('GET', '/v1/reports?limit=500', { as: low });
    expect(low2.json.items.map(({ id }: { id: string }) => id)).toEqual(seen.slice(1));
    expect((await gb.call('GET', '/v1/reports', { as: await gb.token(['auditor']) })).status).toBe(403);
  });

  it('lets a supervisor alone change what others have been told', async () => {
    const { json } = await submit(reportBody(), publisher);
    expect((await act(json.id, 'release', { audience: ['AL'], purposes: ['returns'] }, publisher)).status).toBe(403);
    expect((await act(json.id, 'amend', { title: 'Ours', reason: 'r' }, publisher)).status).toBe(200);
    await act(json.id, 'release', { audience: ['AL'], purposes: ['returns'] });
    expect((await act(json.id, 'amend', { title: 'Theirs', reason: 'r' }, publisher)).status).toBe(403);
    expect((await act(json.id, 'amend', { title: 'Theirs', reason: 'r' })).status).toBe(200);
    const sent = (await gb.relayed()).filter(({ subject }) => subject === json.id);
    expect(sent.map(({ recordversion }) => recordversion)).toEqual([1, 2]);
    expect(sent[1]!.opened!.content).toMatchObject({ title: 'Theirs' });
  });

  it('says how far it has relayed', async () => {
    await gb.node.relay.idle();
    const { json } = await gb.call('GET', '/v1/status', { as: publisher });
    expect(json.released).toBe(json.relayed);
    expect(json.relayed).toBe((await gb.relayed()).length);
  });
});
