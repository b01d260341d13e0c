import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newSigningKey } from '#contracts';
import { HttpWorld } from '../intake/testing/http.ts';
import { uuid } from '../intake/testing/source.ts';

const R = uuid('r');
const KEY = Buffer.alloc(32, 7).toString('base64url');

describe('keys', () => {
  let http: HttpWorld;
  beforeAll(async () => {
    http = await HttpWorld.open();
  });
  afterAll(() => http.close());
  const keys = () =>
    http.world.db.query<{ member: string; record: string; key: Uint8Array | null }>('select * from keyring.keys');

  it('come from the member that they belong to, and are destroyed for good', async () => {
    const as = await http.keyToken('GB', http.world.of('GB').key);
    const record = uuid('k');
    expect((await http.call('PUT', `/v1/keys/${record}`, as, { key: KEY })).status).toBe(204);
    expect(
      (await http.call('PUT', '/v1/keys', as, { keys: [{ record, key: Buffer.alloc(32).toString('base64url') }] }))
        .status,
    ).toBe(204);
    expect(await keys()).toEqual([{ member: 'GB', record, key: new Uint8Array(Buffer.alloc(32, 7)) }]);
    expect((await http.call('DELETE', `/v1/keys/${record}`, as)).status).toBe(204);
    expect((await http.call('DELETE', `/v1/keys/${uuid('never')}`, as)).status).toBe(204);
    expect((await http.call('PUT', `/v1/keys/${record}`, as, { key: KEY })).status).toBe(204);
    expect((await keys()).every(({ key }) => key === null)).toBe(true);
  });

  it('say what else of their member goes with what it erased, until that is gone', async () => {
    const [as, other] = [
      await http.keyToken('GB', http.world.of('GB').key),
      await http.keyToken('AL', http.world.of('AL').key),
    ];
    const [record, word] = [uuid('erased'), uuid('word')];
    await http.call('PUT', '/v1/keys', as, { keys: [record, word].map((id) => ({ record: id, key: KEY })) });
    await http.world.db.query('insert into keyring.companions values ($1, $2, $3)', ['GB', record, word]);
    const destroy = (id: string, who = as) => http.call('DELETE', `/v1/keys/${id}`, who);
    expect(await destroy(record)).toMatchObject({ status: 200, json: { companions: [word] } });
    expect((await destroy(record, other)).status).toBe(204);
    expect((await destroy(word)).status).toBe(204);
    expect((await destroy(record)).status).toBe(204);
  });

  it('need a token that the event-signing key signs, of now, for this', async () => {
    const own = http.world.of('GB').key;
    const bad = [
      undefined,
      'x.y.z',
      await http.token('GB', ['publisher', 'supervisor']),
      await http.token(null),
      await http.keyToken('GB', http.world.of('AL').key),
      await http.keyToken('GB', newSigningKey()),
      await http.keyToken('MK', own),
      await http.keyToken('GB', own, { aud: 'accord' }),
      await http.keyToken('GB', own, { exp: http.seconds - 60 }),
      await http.keyToken('GB', own, { iat: http.seconds - 7200, exp: http.seconds + 7200 }),
    ];
    const before = await keys();
    for (const as of bad) {
      for (const [method, path] of [
        ['PUT', `/v1/keys/${R}`],
        ['PUT', '/v1/keys'],
        ['DELETE', `/v1/keys/${R}`],
      ] as const) {
        const body = method === 'DELETE' ? undefined : path === '/v1/keys' ? { keys: [] } : { key: KEY };
        expect(await http.call(method, path, as, body)).toMatchObject({
          status: 401,
          json: { code: 'unauthenticated' },
        });
      }
    }
    expect(await keys()).toEqual(before);
  });

  it.each([
    [{}, '/keys'],
    [{ keys: [{ record: R }] }, '/keys/0/key'],
    [{ keys: [{ record: 'x', key: KEY }] }, '/keys/0/record'],
    [{ keys: [{ record: R, key: 'short' }] }, '/keys/0/key'],
    [{ keys: [{ record: R, key: KEY, more: 1 }] }, '/keys/0/more'],
    [{ keys: {} }, '/keys'],
  ])('%j is refused', async (body, path) => {
    const answer = await http.call('PUT', '/v1/keys', await http.keyToken('GB', http.world.of('GB').key), body);
    expect(answer).toMatchObject({ status: 400, json: { code: 'invalid-request', errors: [{ path }] } });
  });

  it('are of records that have a UUID', async () => {
    const as = await http.keyToken('GB', http.world.of('GB').key);
    expect((await http.call('PUT', '/v1/keys/x', as, { key: KEY })).status).toBe(400);
    expect((await http.call('DELETE', '/v1/keys/x', as)).status).toBe(400);
  });

  it('open to a node where its log ends, and what stands where it ended before', async () => {
    const as = await http.keyToken('GB', http.world.of('GB').key);
    const head = async (query = '') => (await http.call('GET', `/v1/audit/head${query}`, as)).json;
    expect(await head('?known=1')).toEqual({ number: 0, hash: '0'.repeat(64), known: null });
    await http.call('GET', '/v1/reports', await http.token('GB'));
    const first = await head();
    expect(first).toEqual({ number: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    await http.call('GET', '/v1/reports', await http.token('GB'));
    expect(await head('?known=1')).toMatchObject({ number: 2, known: first.hash });
    expect((await http.call('GET', '/v1/audit/head?known=x', as)).status).toBe(400);
    expect((await http.call('GET', '/v1/audit/head?known=x', await http.token('GB'))).status).toBe(401);
  });
});
