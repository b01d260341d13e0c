import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportBody } from '../testing/bodies.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const RELEASE = { audience: ['AL'], purposes: ['people-smuggling'] };

// The node's clock stands at 2026-02-01.
describe('reviews', () => {
  let gb: RunningNode;
  let officer: string;
  let supervisor: string;
  let soon: string;
  let last: string;

  const report = async (over: object): Promise<string> =>
    (await gb.call('POST', '/v1/reports', { as: officer, body: reportBody(over) })).json.id as string;
  const due = async (query = '', as = supervisor) => (await gb.call('GET', `/v1/reviews${query}`, { as })).json;
  const ids = async (query = '', as = supervisor) =>
    ((await due(query, as)).items as { id: string }[]).map(({ id }) => id);

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
    supervisor = await gb.token(['supervisor']);
    last = await report({ reviewBy: '2026-03-03', release: RELEASE });
    soon = await report({ reviewBy: '2026-02-10', classification: 'SECRET', release: RELEASE });
    await report({ reviewBy: '2026-03-04', release: RELEASE });
    await report({ reviewBy: '2026-02-10' });
  });
  afterAll(() => gb.close());

  it('tell a supervisor 30 days before what was released and is due, the soonest first', async () => {
    expect(await due()).toEqual({
      items: [
        { id: soon, kind: 'report', reviewBy: '2026-02-10', version: 2 },
        { id: last, kind: 'report', reviewBy: '2026-03-03', version: 2 },
      ],
      next: null,
    });
    expect(await ids('?dueBefore=2026-02-10')).toEqual([]);
    expect(await ids('?dueBefore=2026-02-11')).toEqual([soon]);
    const { items, next } = await due('?limit=1');
    expect([items[0].id, ...(await ids(`?limit=1&cursor=${next}`))]).toEqual([soon, last]);
  });

  it('show what the supervisor is cleared for, and nothing to others', async () => {
    expect(await ids('', await gb.token(['supervisor'], { clearance: 'OFFICIAL' }))).not.toContain(soon);
    expect((await gb.call('GET', '/v1/reviews', { as: await gb.token(['publisher']) })).status).toBe(403);
    expect((await gb.call('GET', '/v1/reviews?dueBefore=soon', { as: supervisor })).status).toBe(400);
    expect((await gb.call('GET', '/v1/reviews?cursor=x', { as: supervisor })).status).toBe(400);
  });

  it('are done by an amendment with a later date', async () => {
    const body = { reviewBy: '2028-01-01', reason: 'still needed' };
    expect((await gb.call('POST', `/v1/reports/${soon}/amend`, { as: supervisor, body })).status).toBe(200);
    expect(await ids()).toEqual([last]);
  });
});
