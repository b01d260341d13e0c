import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { person, reportBody } from '../testing/bodies.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

describe('what a crash leaves half done', () => {
  let gb: RunningNode;
  let officer: string;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
  });
  afterAll(() => gb.close());

  const release = { audience: 'TASK_FORCE', purposes: ['people-smuggling'] };
  const submit = (body: object, headers: Record<string, string> = {}) =>
    gb.call('POST', '/v1/reports', { as: officer, body, headers });
  const erase = (id: string) => gb.call('POST', `/v1/reports/${id}/erase`, { as: officer, body: { reason: 'order' } });
  const shields = async (id: string) =>
    (await gb.relayed()).filter(({ subject, opened }) => subject === id && opened).map(({ opened }) => opened!.shield);
  const known = (number: string) => person('p', { name: ['Y'], passportNumber: [number], nationality: ['rs'] });
  const claim = (number: string) => person('q', { name: ['Y'], passportNumber: [number] }, { protectionClaim: true });
  const crashAfterAppend = () => {
    gb.faults.afterAppend = 1;
  };

  it('is a shield that the next start widens', async () => {
    const { json } = await submit(reportBody({ entities: [known('E333333')], release }));
    crashAfterAppend();
    const lost = await submit(reportBody({ entities: [claim('E333333')] }));
    expect(lost).toMatchObject({ status: 503, json: { code: 'store-unavailable' } });
    expect(await shields(json.id)).toEqual([[]]);
    await gb.restart();
    expect(await shields(json.id)).toEqual([[], ['rs']]);
  });

  it('or the next command, if the process lives', async () => {
    const { json } = await submit(reportBody({ entities: [known('F444444')], release }));
    crashAfterAppend();
    await submit(reportBody({ entities: [claim('F444444')] }));
    await submit(reportBody());
    expect(await shields(json.id)).toEqual([[], ['rs']]);
  });

  it('is a command that a retry under its key finds done', async () => {
    crashAfterAppend();
    const key = { 'idempotency-key': 'torn-1' };
    expect((await submit(reportBody(), key)).status).toBe(503);
    const count = await gb.count();
    const again = await submit(reportBody(), key);
    expect(again).toMatchObject({ status: 201, json: { version: 1 } });
    // Nothing but the answer that is kept for the key.
    expect(await gb.count()).toBe(count + 1);
    expect((await gb.call('GET', `/v1/reports/${again.json.id}`, { as: officer })).status).toBe(200);
  });

  it('is a key that the next start destroys', async () => {
    const { json } = await submit(reportBody({ release }));
    await gb.relayed();
    crashAfterAppend();
    expect((await erase(json.id)).status).toBe(503);
    expect(gb.taker.keys.has(json.id)).toBe(true);
    await gb.restart();
    expect(gb.taker.keys.has(json.id)).toBe(false);
    expect(await gb.db.query(`select 1 from gb.keys where record = $1`, [json.id])).toEqual([]);
    expect((await gb.call('GET', `/v1/reports/${json.id}`, { as: officer })).json.state).toBe('erased');
  });

  it('is a key at the joint views, asked for until they have destroyed it', async () => {
    const { json } = await submit(reportBody({ release }));
    await gb.relayed();
    gb.taker.status = 503;
    expect((await erase(json.id)).status).toBe(200);
    expect(gb.taker.keys.has(json.id)).toBe(true);
    gb.taker.status = 204;
    await gb.node.expire();
    expect(gb.taker.keys.has(json.id)).toBe(false);
  });

  it('is nothing that its lists lose: they are made again from the events', async () => {
    const before = await gb.call('GET', '/v1/reports?limit=500', { as: officer });
    await gb.node.app.close();
    await gb.db.exec('truncate gb.own_records, gb.own_touches, gb.own_identifiers, gb.own_applied');
    await gb.restart();
    const after = await gb.call('GET', '/v1/reports?limit=500', { as: officer });
    expect(after.json).toEqual(before.json);
  });
});
