import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aReport, call, PURPOSE, settled, toTaskForce, until, type Ask } from '../support/caller.ts';
import { Product } from '../support/product.ts';
import { livesEverything } from './lives/index.ts';

describe('the main job, over HTTP against the started product', () => {
  let product: Product;
  const officer = (member = 'GB') => product.token(member, 'publisher,supervisor');
  const analyst = (member: string, clearance = 'SECRET') => product.token(member, 'analyst', clearance);
  const post = (where: string, path: string, body: unknown, ask: Ask = {}) =>
    call(product, where, 'POST', path, { as: officer(where), body, ...ask });
  const seen = (member: string, path: string, purpose = PURPOSE, ask: Ask = {}) =>
    call(product, 'views', ask.body === undefined ? 'GET' : 'POST', path, { as: analyst(member), purpose, ...ask });
  const release = { audience: ['AL'], purposes: [PURPOSE] };

  beforeAll(async () => {
    product = await Product.start();
  }, 180_000);
  afterAll(() => product?.dispose());

  it('lets the audience see what was released, and nobody else', async () => {
    const { json: created } = await post('GB', '/v1/reports', aReport('seen'));
    await settled(product, 'GB');
    expect((await seen('AL', `/v1/reports/${created.id}`)).status).toBe(404);
    expect((await post('GB', `/v1/reports/${created.id}/release`, release)).status).toBe(200);
    await settled(product, 'GB');
    const shown = await seen('AL', `/v1/reports/${created.id}`);
    expect(shown.json).toMatchObject({ id: created.id, originator: 'GB', state: 'released', version: 1 });
    expect(shown.json.entities).toHaveLength(3);
    expect((await seen('XK', `/v1/reports/${created.id}`)).status).toBe(404);
    expect((await seen('AL', `/v1/reports/${created.id}`, 'document-fraud')).status).toBe(404);
  });

  it('shows a tear line as a report of its own, which tells nothing of what it was torn from', async () => {
    const tearLine = { title: 'Torn', entities: aReport('x')['entities'], audience: 'TASK_FORCE' };
    const { json: created } = await post(
      'GB',
      '/v1/reports',
      aReport('tear', { title: 'The whole of it', classification: 'SECRET' }),
    );
    const { json: released } = await post('GB', `/v1/reports/${created.id}/release`, { ...release, tearLine });
    expect(released.tearLine.id).not.toBe(created.id);
    await settled(product, 'GB');
    expect((await seen('XK', `/v1/reports/${created.id}`)).status).toBe(404);
    const torn = await seen('XK', `/v1/reports/${released.tearLine.id}`);
    expect(torn.json).toMatchObject({ title: 'Torn', version: 1 });
    expect(torn.text).not.toContain(created.id);
    await post('GB', `/v1/reports/${created.id}/recall`, { reason: 'test' });
    await settled(product, 'GB');
    expect((await seen('XK', `/v1/reports/${released.tearLine.id}`)).status).toBe(404);

    const atOnce = await post('GB', '/v1/reports', aReport('tear-at-once', { release: { ...release, tearLine } }));
    await settled(product, 'GB');
    expect((await seen('XK', `/v1/reports/${atOnce.json.tearLine.id}`)).json).toMatchObject({ title: 'Torn' });
  });

  it('shields what touches a person once a claim is known, also what was released before', async () => {
    const { json: first } = await post(
      'GB',
      '/v1/reports',
      aReport('claim-1', { release: { audience: ['AL', 'XK'], purposes: [PURPOSE] } }),
    );
    await settled(product, 'GB');
    expect((await seen('AL', `/v1/reports/${first.id}`)).status).toBe(200);
    const before = await seen('XK', `/v1/reports/${first.id}`);
    const claimant = {
      id: first.entities.p,
      schema: 'Person',
      properties: { nationality: ['al'] },
      subjectCategory: 'victim',
      assertion: 'fact',
      protectionClaim: true,
    };
    expect((await post('GB', '/v1/reports', aReport('claim-2', { entities: [claimant] }))).status).toBe(201);
    await settled(product, 'GB');
    expect((await seen('AL', `/v1/reports/${first.id}`)).status).toBe(404);
    expect((await seen('XK', `/v1/reports/${first.id}`)).text).toBe(before.text);
  });

  it('takes back what a member no longer belongs to the audience of, and tells who had read it', async () => {
    const { json: created } = await post(
      'GB',
      '/v1/reports',
      aReport('narrow', { release: { audience: ['AL', 'XK'], purposes: [PURPOSE] } }),
    );
    await settled(product, 'GB');
    expect((await seen('AL', `/v1/reports/${created.id}`)).status).toBe(200);
    await post('GB', `/v1/reports/${created.id}/release`, { audience: ['XK'], purposes: [PURPOSE] });
    await settled(product, 'GB');
    expect((await seen('AL', `/v1/reports/${created.id}`)).status).toBe(404);
    expect((await seen('XK', `/v1/reports/${created.id}`)).status).toBe(200);
    const notices = await seen('AL', '/v1/notices');
    expect(notices.json.items).toContainEqual(expect.objectContaining({ kind: 'recall', record: created.id }));
    expect((await seen('XK', '/v1/notices')).text).not.toContain(created.id);
  });

  it('stops showing as soon as an agreement is suspended, and shows again when it is resumed', async () => {
    await post('GB', '/v1/reports', aReport('suspended', toTaskForce));
    await settled(product, 'GB');
    expect((await seen('XK', '/v1/reports')).json.items.length).toBeGreaterThan(0);
    const admin = product.token('XK', 'admin');
    const { json: agreements } = await call(product, 'registry', 'GET', '/v1/agreements', { as: admin });
    const multilateral = agreements.items.find((a: { parties: string[] }) => a.parties.length === 3);
    expect(
      (await call(product, 'registry', 'POST', `/v1/agreements/${multilateral.id}/suspend`, { as: admin, body: {} }))
        .status,
    ).toBe(200);
    const gone = await until(
      () => seen('XK', '/v1/reports'),
      (answer) => answer.json.items.length === 0,
    );
    expect(gone.json).toEqual({ items: [], next: null });
    expect(
      (await call(product, 'registry', 'POST', `/v1/agreements/${multilateral.id}/resume`, { as: admin, body: {} }))
        .status,
    ).toBe(200);
    expect(
      (
        await until(
          () => seen('XK', '/v1/reports'),
          (answer) => answer.json.items.length > 0,
        )
      ).json.items.length,
    ).toBeGreaterThan(0);
  });

  it('moves an operation up when it changes for all who see it, and not by what some may not see', async () => {
    const plan = {
      name: 'Operation Test',
      participants: ['AL'],
      purposes: [PURPOSE],
      area: 'Durrës',
      window: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
      targets: [],
      classification: 'OFFICIAL',
    };
    const { json: planned } = await post('GB', '/v1/operations', plan);
    const act = async (member: string, deed: string, body: object = {}) => {
      expect((await post(member, `/v1/operations/${planned.id}/${deed}`, body)).status).toBeLessThan(300);
      await settled(product, 'GB', 'AL');
      return (await seen('AL', `/v1/operations/${planned.id}`)).json;
    };
    const approved = await act('AL', 'approve');
    expect(approved).toMatchObject({ state: 'approved', version: 2 });
    const launched = await act('GB', 'launch');
    expect(launched).toMatchObject({ state: 'launched', version: 3 });
    expect(launched.updatedAt > approved.updatedAt).toBe(true);
    const arrests = { count: 2, at: '2026-01-01T05:00:00Z', place: 'Durrës', offence: 'people smuggling' };
    const after = await act('AL', 'arrests', arrests);
    expect(after).toMatchObject({ version: 3, updatedAt: launched.updatedAt, results: { arrests: 2 } });
  });

  const own = (where: string, path: string) => call(product, where, 'GET', path, { as: officer(where) });
  const registry = (member: string, path: string, body?: object) =>
    call(product, 'registry', body ? 'POST' : 'GET', path, { as: product.token(member, 'admin'), body });
  livesEverything({ post, own, seen, registry, settled: (...members: string[]) => settled(product, ...members) });

  it('loses nothing by a crash, and answers the same commands alike', async () => {
    const acknowledged = [];
    for (let i = 0; i < 20; i++) acknowledged.push(await post('GB', '/v1/reports', aReport(`crash-${i}`, toTaskForce)));
    await product.stop('SIGKILL');
    await product.start();
    await settled(product, 'GB');
    for (const [i, answer] of acknowledged.entries()) {
      expect(answer.status).toBe(201);
      const again = await post('GB', '/v1/reports', aReport(`crash-${i}`, toTaskForce));
      expect([again.status, again.json]).toEqual([200, answer.json]);
      expect((await seen('XK', `/v1/reports/${answer.json.id}`)).status).toBe(200);
    }
  }, 120_000);

  it('replays to the same bytes, while readers are served', async () => {
    let reading = true;
    const statuses: number[] = [];
    const reader = (async () => {
      while (reading) {
        statuses.push((await seen('XK', '/v1/reports?limit=5')).status);
        await sleep(50);
      }
    })();
    const replayed = await product.cliBeside('replay', '--json').finally(() => (reading = false));
    await reader;
    const { tables, differing } = JSON.parse(replayed);
    expect(tables.length).toBeGreaterThan(5);
    expect(differing).toBe(0);
    expect(statuses.length).toBeGreaterThan(1);
    expect(new Set(statuses)).toEqual(new Set([200]));
  }, 120_000);
});
