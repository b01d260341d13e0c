import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CompactSign, importJWK } from 'jose';
import { newSigningKey, readEvent, type SigningKey } from '#contracts';
import { RegistryHarness, tokenOf } from './testing/harness.ts';

describe('a state joins the task force, over HTTP', () => {
  let registry: RegistryHarness;
  beforeAll(async () => {
    registry = await RegistryHarness.start();
    await registry.speak('GB', '/v1/members', { code: 'MK', name: 'North Macedonia', contact: 'Accord desk Skopje' });
  });
  afterAll(() => registry.stop());

  const signing = newSigningKey();
  const newer = newSigningKey();
  const state = async () => (await registry.read('GB', '/v1/members/MK')).body.state;
  const proofOf = async (key: SigningKey, claims: object) =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(await importJWK({ ...key.privateJwk }, 'EdDSA'));
  const keysOf = async (key: SigningKey, over: object = {}) => {
    const { issuer, jwk } = registry.issuers.get('MK')!;
    const proof = await proofOf(key, { member: 'MK', issuer, kid: key.kid });
    return { issuer, jwks: { keys: [jwk] }, signingKey: { ...key.publicJwk, kid: key.kid }, proof, ...over };
  };
  const register = (as: string, body: object) => registry.call('POST', '/v1/members/MK/keys', { as, body });
  let enrolmentToken: string;

  it('is approved by each active member, the last of which gets the token', async () => {
    expect((await registry.speak('GB', '/v1/members/MK/approve')).body).toEqual({ id: 'MK', version: 2 });
    expect((await registry.speak('AL', '/v1/members/MK/approve')).body).toEqual({ id: 'MK', version: 3 });
    expect(await state()).toBe('proposed');
    const last = await registry.speak('XK', '/v1/members/MK/approve', {}, { 'idempotency-key': 'approve-mk' });
    expect(last.body).toEqual({ id: 'MK', version: 4, enrolmentToken: expect.stringMatching(/^enrol_/) });
    expect(
      (await registry.speak('XK', '/v1/members/MK/approve', {}, { 'idempotency-key': 'approve-mk' })).body,
    ).toEqual(last.body);
    enrolmentToken = last.body.enrolmentToken;
    expect(await state()).toBe('approved');
  });

  it('gives the token again to who approved last, and to nobody else', async () => {
    const answer = { status: 200, body: { id: 'MK', version: 4, enrolmentToken } };
    expect(await registry.speak('XK', '/v1/members/MK/approve')).toMatchObject(answer);
    const key = { 'idempotency-key': 'token-lost' };
    expect(await registry.speak('XK', '/v1/members/MK/approve', {}, key)).toMatchObject(answer);
    expect(await registry.speak('XK', '/v1/members/MK/approve', {}, key)).toMatchObject(answer);
    for (const other of ['GB', 'AL']) {
      const refused = await registry.speak(other, '/v1/members/MK/approve');
      expect(refused).toMatchObject({ status: 409, body: { code: 'member.not-proposed' } });
      expect(JSON.stringify(refused.body)).not.toContain('enrol_');
    }
    expect((await registry.read('GB', '/v1/members/MK')).body.version).toBe(4);
  });

  it('cannot speak before its keys are registered', async () => {
    expect((await registry.speak('MK', '/v1/members/MK/activate')).status).toBe(401);
  });

  it('registers its keys once, proving that it holds them', async () => {
    const body = await keysOf(signing);
    expect((await register(`${enrolmentToken.slice(0, -2)}xx`, body)).status).toBe(401);
    const other = await registry.call('POST', '/v1/members/GB/keys', { as: enrolmentToken, body });
    expect(other.status).toBe(401);
    expect((await register(await registry.admin('GB'), body)).status).toBe(403);
    const forged = await keysOf(signing, { proof: (await keysOf(newer)).proof });
    expect(await register(enrolmentToken, forged)).toMatchObject({ status: 422, body: { code: 'key.proof-invalid' } });
    const { issuer } = registry.issuers.get('GB')!;
    const proof = await proofOf(signing, { member: 'MK', issuer, kid: signing.kid });
    const taken = await register(enrolmentToken, await keysOf(signing, { issuer, proof }));
    expect(taken).toMatchObject({ status: 422, body: { code: 'issuer.taken' } });
    expect(await register(enrolmentToken, body)).toMatchObject({ status: 200, body: { id: 'MK', version: 5 } });
    expect(await register(enrolmentToken, body)).toMatchObject({ status: 401 });
    expect((await registry.speak('XK', '/v1/members/MK/approve')).body.code).toBe('member.not-proposed');
    expect(await state()).toBe('keys-registered');
  });

  it('becomes active by itself, once it conforms', async () => {
    expect(await registry.speak('MK', '/v1/members', { code: 'IT', name: 'Italy', contact: 'Rome' })).toMatchObject({
      status: 403,
    });
    expect(await registry.speak('MK', '/v1/members/MK/activate')).toMatchObject({
      status: 409,
      body: { code: 'member.not-conformance-passed' },
    });
    expect((await registry.speak('GB', '/v1/members/MK/conformance', { run: 'r' })).status).toBe(403);
    expect((await registry.speak('MK', '/v1/members/MK/conformance', { run: '24 checks' })).status).toBe(200);
    expect((await registry.speak('MK', '/v1/members/MK/activate')).status).toBe(200);
    expect(await state()).toBe('active');
  });

  it('rotates its keys with its admin’s token, and keeps the old one', async () => {
    const rotated = await register(await registry.admin('MK'), await keysOf(newer, { from: 40 }));
    expect(rotated.status).toBe(200);
    const { body } = await registry.read('XK', '/v1/members/MK');
    expect(body.signingKeys.map((k: { kid: string; from: number }) => [k.kid, k.from])).toEqual([
      [signing.kid, 1],
      [newer.kid, 40],
    ]);
  });

  it('revokes a key from a sequence, further back if need be, and never hands the id to another key', async () => {
    const revoke = async (kid: string, body: object, member = 'MK') =>
      registry.speak(member, `/v1/members/MK/keys/${kid}/revoke`, body);
    expect((await revoke(newer.kid, { fromSequence: 60 }, 'GB')).status).toBe(403);
    expect((await revoke('nobody', { fromSequence: 60 })).status).toBe(404);
    for (const fromSequence of [0, 1.5, '60', null]) {
      expect(await revoke(newer.kid, { fromSequence })).toMatchObject({ status: 400 });
    }
    const invalid = { code: 'key.revocation-invalid', errors: [{ path: '/fromSequence' }] };
    expect(await revoke(newer.kid, { fromSequence: 39 })).toMatchObject({ status: 422, body: invalid });
    expect(await revoke(newer.kid, { fromSequence: 60, reason: 'Laptop lost' })).toMatchObject({ status: 200 });
    expect(await revoke(newer.kid, { fromSequence: 61 })).toMatchObject({ status: 422, body: invalid });
    expect((await revoke(newer.kid, { fromSequence: 50 })).status).toBe(200);
    const { body } = await registry.read('XK', '/v1/members/MK');
    expect(body.signingKeys.map((k: { from: number; until: number }) => [k.from, k.until])).toEqual([
      [1, null],
      [40, 50],
    ]);
    const said = (await registry.read('XK', '/v1/members/MK/history?limit=3')).body.items;
    expect(said).toMatchObject([
      { event: 'key-revoked', by: 'MK', kid: newer.kid, fromSequence: 50 },
      { event: 'key-revoked', by: 'MK', kid: newer.kid, fromSequence: 60, reason: 'Laptop lost' },
      { event: 'keys-registered', by: 'MK', kid: newer.kid, fromSequence: 40 },
    ]);
    const again = await register(await registry.admin('MK'), await keysOf(newer, { from: 70 }));
    expect(again).toMatchObject({ status: 422, body: { code: 'key.id-taken' } });
  });

  it('is suspended and reinstated by itself, or by all others', async () => {
    await registry.speak('MK', '/v1/members/MK/suspend', { reason: 'elections' });
    expect(await state()).toBe('suspended');
    expect((await registry.speak('GB', '/v1/members/MK/reinstate')).body.code).toBe('member.suspended-by-another');
    await registry.speak('MK', '/v1/members/MK/reinstate');
    for (const member of ['GB', 'AL', 'XK']) {
      expect(await state()).toBe('active');
      await registry.speak(member, '/v1/members/MK/suspend');
    }
    expect(await state()).toBe('suspended');
    expect((await registry.read('GB', '/v1/members/MK')).body.suspendedBy).toEqual(['AL', 'GB', 'XK']);
  });

  it('withdraws: its tokens end, its keys stay', async () => {
    expect((await registry.speak('MK', '/v1/members/MK/withdraw')).status).toBe(200);
    expect((await registry.read('MK', '/v1/members')).status).toBe(401);
    expect((await registry.read('GB', '/v1/members/MK')).body).toMatchObject({ state: 'withdrawn', bit: 3 });
  });

  it('has a key revoked after it left, by all that are active together', async () => {
    const revoke = (member: string, fromSequence = 9) =>
      registry.speak(member, `/v1/members/MK/keys/${signing.kid}/revoke`, { fromSequence });
    expect((await revoke('MK')).status).toBe(401);
    expect(await revoke('GB')).toMatchObject({ status: 200, body: { id: 'MK' } });
    expect(await revoke('GB')).toMatchObject({ status: 409, body: { code: 'member.already-called' } });
    expect((await revoke('AL')).status).toBe(200);
    const waiting = (await registry.read('XK', '/v1/members/MK')).body;
    expect(waiting.revocationCalls).toEqual([{ kid: signing.kid, fromSequence: 9, by: ['GB', 'AL'] }]);
    expect(waiting.signingKeys[0].until).toBeNull();
    expect((await revoke('XK')).status).toBe(200);
    const { body } = await registry.read('GB', '/v1/members/MK');
    expect(body).toMatchObject({ state: 'withdrawn', revocationCalls: [], signingKeys: [{ from: 1, until: 9 }, {}] });
    const [last, called] = (await registry.read('GB', '/v1/members/MK/history?limit=2')).body.items;
    expect(last).toMatchObject({ event: 'key-revoked', by: 'XK', kid: signing.kid, fromSequence: 9 });
    expect(called).toMatchObject({ event: 'key-revocation-called', by: 'AL', kid: signing.kid, fromSequence: 9 });
  });

  it('tells every step, with who and when', async () => {
    const { items } = (await registry.read('AL', '/v1/members/MK/history?limit=500')).body;
    expect(
      items.map((i: { event: string; by: string; state: string }) => `${i.event} ${i.by} ${i.state}`).reverse(),
    ).toEqual([
      'proposed GB proposed',
      'approval-given GB proposed',
      'approval-given AL proposed',
      'approved XK approved',
      'keys-registered MK keys-registered',
      'conformance-passed MK conformance-passed',
      'activated MK active',
      'keys-registered MK active',
      'key-revoked MK active',
      'key-revoked MK active',
      'suspended MK suspended',
      'reinstated MK active',
      'suspension-called GB active',
      'suspension-called AL active',
      'suspended XK suspended',
      'withdrawn MK withdrawn',
      'key-revocation-called GB withdrawn',
      'key-revocation-called AL withdrawn',
      'key-revoked XK withdrawn',
    ]);
    const page = (await registry.read('AL', '/v1/members/MK/history?limit=5')).body;
    const rest = (await registry.read('AL', `/v1/members/MK/history?limit=500&cursor=${page.next}`)).body;
    expect([...page.items, ...rest.items]).toEqual(items);
  });

  it('is told on the exchange as the catalogue has it, and without the token', async () => {
    const said = await registry.said('/registry/members');
    expect(said).toHaveLength(22);
    for (const { type, data } of said) expect(readEvent(type, data).content).toEqual(data);
    expect(JSON.stringify(said)).not.toContain(enrolmentToken);
  });

  it('never lets a member’s issuer speak for another, nor as the operator', async () => {
    const gb = registry.issuers.get('GB')!;
    const claiming = await tokenOf(gb, ['admin', 'operator'], { member: 'AL' });
    expect((await registry.call('GET', '/v1/status', { as: claiming })).status).toBe(403);
    const operator = await registry.token('task-force', ['operator', 'admin']);
    expect((await registry.call('GET', '/v1/members', { as: operator })).status).toBe(403);
  });
});
