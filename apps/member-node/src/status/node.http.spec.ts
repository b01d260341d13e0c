import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { reportBody } from '../testing/bodies.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

describe('a node as a service', () => {
  let gb: RunningNode;

  beforeAll(async () => {
    gb = await runNode();
  });
  afterAll(() => gb.close());

  it('publishes its interface', async () => {
    const { status, json } = await gb.call('GET', '/docs-json');
    expect({ status, openapi: json.openapi }).toEqual({ status: 200, openapi: expect.stringMatching(/^3\./) });
    expect(Object.keys(json.paths)).toEqual(
      expect.arrayContaining(['/v1/reports', '/v1/reports/{id}/release', '/v1/operations/{id}/arrests']),
    );
  });

  it('is healthy, and keeps its metrics from members', async () => {
    expect((await gb.call('GET', '/health')).status).toBe(200);
    const all = await gb.token(['publisher', 'analyst', 'supervisor', 'auditor', 'admin']);
    expect((await gb.call('GET', '/metrics', { as: all })).status).toBe(403);
  });

  it('says how far it has relayed, and what the registry said last, to any role', async () => {
    const as = await gb.token(['analyst']);
    expect(await gb.call('GET', '/v1/status', { as })).toMatchObject({
      status: 200,
      json: { released: 0, relayed: 0, registry: { ageSeconds: 30 } },
    });
  });

  it('says so at once also while the exchange is silent', async () => {
    const as = await gb.token(['analyst']);
    const { promise, resolve } = Promise.withResolvers<string | null>();
    const announced = jest.spyOn(gb.exchange, 'announced').mockReturnValue(promise);
    const answers = await Promise.all([1, 2].map(() => gb.call('GET', '/v1/status', { as })));
    expect(answers.map(({ json }) => json.registry)).toEqual([{ ageSeconds: 30 }, { ageSeconds: 30 }]);
    expect(announced).toHaveBeenCalledTimes(1);
    announced.mockRestore();
    resolve(null);
  });

  it('delivers keys with a token that its event-signing key signs', async () => {
    const release = { audience: ['AL'], purposes: ['people-smuggling'] };
    const as = await gb.token(['publisher', 'supervisor']);
    const { json } = await gb.call('POST', '/v1/reports', { as, body: reportBody({ release }) });
    await gb.relayed();
    expect(gb.taker.keys.get(json.id)).toMatch(/^[\w-]{43}$/);
    const token = gb.taker.tokens.at(-1)!.replace('Bearer ', '');
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'EdDSA', kid: expect.any(String) });
    const { iss, aud, iat, exp } = decodeJwt(token);
    expect({ iss, aud, lifetime: exp! - iat! }).toEqual({ iss: '/members/GB', aud: 'accord-keys', lifetime: 60 });
  });

  it('waits with what it relays while keys are not taken', async () => {
    gb.taker.status = 503;
    const release = { audience: ['AL'], purposes: ['people-smuggling'] };
    const as = await gb.token(['publisher', 'supervisor']);
    const { json } = await gb.call('POST', '/v1/reports', { as, body: reportBody({ release }) });
    expect((await gb.call('GET', '/v1/status', { as })).json).toMatchObject({ released: 2, relayed: 1 });
    gb.taker.status = 204;
    expect((await gb.relayed()).at(-1)).toMatchObject({ subject: json.id });
  });
});
