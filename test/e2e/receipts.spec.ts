import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aReport, call, PURPOSE, settled } from '../support/caller.ts';
import { Product } from '../support/product.ts';

const NOBODY = '01980000-0000-7000-8000-0000000000ff';
const release = { audience: ['AL'], purposes: [PURPOSE] };

describe('what members owe each other of a record', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start();
  }, 180_000);
  afterAll(() => product?.dispose());

  const say = async (where: string, path: string, body: unknown) => {
    const as = product.token(where, 'publisher,supervisor');
    const answer = await call(product, where, 'POST', `/v1/${path}`, { as, body });
    await settled(product, where);
    return answer;
  };
  const ask = async (member: string, path: string) =>
    call(product, 'views', 'GET', `/v1/${path}`, { as: product.token(member, 'analyst', 'SECRET'), purpose: PURPOSE });
  const items = async (member: string, path: string) => (await ask(member, path)).json.items;
  const publish = async (n: string, over: object = {}): Promise<string> =>
    (await say('GB', 'reports', aReport(n, { release, ...over }))).json.id;

  it('asks leave, gives it and takes it back: what binds changes, what is seen does not', async () => {
    const id = await publish('leave', { handlingCodes: ['H1', 'H2'] });
    const asked = { record: id, code: 'H1', scope: 'Proceedings 12/2026', reason: 'Part of the charge.' };
    const { status, json: request } = await say('AL', 'permission-requests', asked);
    expect(status).toBe(201);
    expect((await ask('AL', `reports/${id}`)).json.obligations).toEqual(['H1', 'H2']);
    const [notice] = await items('GB', 'notices');
    expect(notice).toMatchObject({ kind: 'permission-request', record: id });
    const [found] = await items('GB', `permission-requests?record=${id}`);
    expect(found).toMatchObject({ ...asked, id: request.id, requester: 'AL', state: 'requested' });
    const grant = { scope: asked.scope, until: '2099-01-01T00:00:00.000Z' };
    expect((await say('GB', `permission-requests/${request.id}/grant`, grant)).status).toBe(200);
    expect((await ask('AL', `reports/${id}`)).json).toMatchObject({
      obligations: ['H2'],
      permissions: [{ request: request.id, code: 'H1', ...grant }],
    });
    expect(await items('AL', 'permission-requests')).toMatchObject([{ state: 'granted', grant }]);
    await say('AL', `permission-requests/${request.id}/withdraw`, {});
    expect((await ask('AL', `reports/${id}`)).json.obligations).toEqual(['H1', 'H2']);
  });

  it('tells nobody more of a record that it may not see than of one that is not there', async () => {
    const hidden = await publish('hidden', { release: { ...release, audience: ['XK'] } });
    for (const record of [hidden, NOBODY]) {
      expect(
        (await say('AL', 'permission-requests', { record, code: 'H1', scope: 'A court', reason: 'Why' })).status,
      ).toBe(201);
    }
    const [missing, there] = await items('AL', 'permission-requests?limit=2');
    expect(there).toEqual({ ...missing, id: there.id, record: hidden, at: there.at });
    expect(missing).toMatchObject({ record: NOBODY, state: 'void' });
    const told = (await items('AL', 'notices')).slice(0, 2);
    expect(told.map(({ kind, record }: { kind: string; record: string }) => [kind, record])).toEqual([
      ['claim-void', NOBODY],
      ['claim-void', hidden],
    ]);
    expect((await ask('GB', 'notices')).text).not.toContain(hidden);
  });

  it('takes note of a recall, and gives a receipt of what is left of an erased record', async () => {
    const id = await publish('recall');
    await ask('AL', `reports/${id}`);
    await say('GB', `reports/${id}/recall`, { reason: 'It was wrong.' });
    const receipt = async () => (await ask('GB', `receipts?record=${id}`)).json;
    const [notice] = await items('AL', 'notices');
    expect(notice).toMatchObject({ kind: 'recall', record: id, acknowledged: false });
    expect(await receipt()).toMatchObject({ recalls: [{ member: 'AL', acknowledgedAt: null }], erasure: null });
    expect((await say('AL', `notices/${notice.id}/acknowledge`, {})).status).toBe(200);
    expect((await items('AL', 'notices'))[0]).toEqual({ ...notice, acknowledged: true });
    expect((await receipt()).recalls).toEqual([
      { member: 'AL', at: notice.at, acknowledgedAt: expect.stringMatching(/Z$/) },
    ]);
    expect((await ask('AL', `receipts?record=${id}`)).status).toBe(404);
    await say('GB', `reports/${id}/erase`, { reason: 'The court said so.' });
    expect((await receipt()).erasure).toMatchObject({ keysDestroyed: 1, keysLeft: 0, rowsLeft: 0 });
  });
});
