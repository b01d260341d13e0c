import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CompactSign, importJWK } from 'jose';
import { newSigningKey, readEvent } from '#contracts';
import { KeyServer, signToken, tokenSigner, type TokenSigner } from '#platform/testing';
import { RegistryHarness } from '../../testing/harness.ts';

describe('a member whose issuer publishes its keys', () => {
  let registry: RegistryHarness;
  let server: KeyServer;
  let signer: TokenSigner;
  const signing = newSigningKey();
  const issuer = 'https://id.example.org/realms/AL';

  beforeAll(async () => {
    [registry, server, signer] = await Promise.all([
      RegistryHarness.start(),
      KeyServer.start(),
      tokenSigner('published'),
    ]);
    server.keys = [signer.jwk];
  });
  afterAll(async () => {
    await registry.stop();
    await server.stop();
  });

  const bodyOf = async (over: object) => {
    const body = { issuer, jwksUri: server.url, signingKey: { ...signing.publicJwk, kid: signing.kid }, ...over };
    const said = JSON.stringify({ member: 'AL', issuer: body.issuer, kid: signing.kid });
    const key = await importJWK({ ...signing.privateJwk }, 'EdDSA');
    const proof = await new CompactSign(Buffer.from(said)).setProtectedHeader({ alg: 'EdDSA' }).sign(key);
    return { ...body, proof };
  };
  const rotate = async (over: object, as?: string) =>
    registry.call('POST', '/v1/members/AL/keys', {
      as: as ?? (await registry.admin('AL')),
      body: await bodyOf(over),
    });
  const published = () => signToken(signer, { iss: issuer, roles: ['admin'] });
  const asks = async (token: string) => (await registry.call('GET', '/v1/members/AL', { as: token })).status;

  it.each([
    ['nowhere', { jwksUri: undefined }, '/jwks either'],
    ['in two places', { jwks: { keys: [] } }, '/jwks/keys arrayMinSize'],
    ['at no URL', { jwksUri: 'certs' }, '/jwksUri https'],
    ['in a file', { jwksUri: 'file:///etc/passwd' }, '/jwksUri https'],
    ['over plain http', { jwksUri: 'http://id.example.org/certs' }, '/jwksUri https'],
    ['behind a password', { jwksUri: 'https://a:b@id.example.org/certs' }, '/jwksUri https'],
    ['of an issuer over plain http', { issuer: 'http://id.example.org/realms/AL' }, '/issuer https'],
  ])('is refused with keys %s', async (_, over, error) => {
    const { status, body } = await rotate(over);
    expect(status).toBe(400);
    expect(body.errors.map(({ path, rule }: { path: string; rule: string }) => `${path} ${rule}`)).toEqual([error]);
  });

  it('is refused with keys that stand there as well', async () => {
    const { jwk } = registry.issuers.get('AL')!;
    expect(await rotate({ jwks: { keys: [jwk] } })).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/jwks' }] },
    });
  });

  it('is refused where none are published: it could not speak any more', async () => {
    server.status = 404;
    const none = { status: 422, body: { code: 'issuer.no-keys', errors: [{ path: '/jwksUri', rule: 'published' }] } };
    expect(await rotate({})).toMatchObject(none);
    server.status = 200;
    server.keys = [(await tokenSigner('rsa', 'RS256')).jwk];
    expect(await rotate({})).toMatchObject(none);
    server.keys = [signer.jwk];
  });

  it('is refused with an issuer of others', async () => {
    for (const owner of ['GB', 'task-force']) {
      const taken = await rotate({ issuer: registry.issuers.get(owner)!.issuer });
      expect(taken).toMatchObject({ status: 422, body: { code: 'issuer.taken' } });
    }
  });

  it('speaks by what it publishes, and by its earlier issuer no more', async () => {
    const before = await registry.admin('AL');
    expect(await asks(before)).toBe(200);
    expect(await asks(await published())).toBe(401);
    expect(await rotate({})).toMatchObject({ status: 200 });
    expect(await asks(before)).toBe(401);
    expect(await asks(await published())).toBe(200);
    expect(await asks(await signToken(await tokenSigner('published'), { iss: issuer, roles: ['admin'] }))).toBe(401);
    const { body } = await registry.read('GB', '/v1/members/AL');
    expect(body).toMatchObject({ issuer, jwks: null, jwksUri: server.url });
  });

  it('is told to the others as it is', async () => {
    const { type, data } = (await registry.said('/registry/members')).at(-1)!;
    expect(readEvent(type, data).content).toMatchObject({ code: 'AL', issuer, jwks: null, jwksUri: server.url });
  });

  it('is known so after a restart', async () => {
    registry = await registry.restart();
    expect(await asks(await published())).toBe(200);
  });

  it('can tell its keys themselves again', async () => {
    const { issuer: name, jwk } = registry.issuers.get('AL')!;
    const body = { issuer: name, jwks: { keys: [jwk] }, jwksUri: undefined };
    expect(await rotate(body, await published())).toMatchObject({ status: 200 });
    expect(await asks(await published())).toBe(401);
    expect((await registry.read('AL', '/v1/members/AL')).body).not.toHaveProperty('jwksUri');
  });

  it('can be a founder', async () => {
    const founder = { ...registry.config.founders[0]!, code: 'ME', issuer, jwks: undefined, jwksUri: server.url };
    const other = await RegistryHarness.start({ founders: [founder] });
    const reply = await other.call('GET', '/v1/members/ME', { as: await published() });
    expect(reply.body).toMatchObject({ state: 'active', jwks: null, jwksUri: server.url });
    await other.stop();
  });

  it('is limited like every other request: each may have keys fetched', async () => {
    registry = await registry.restart({ requestsPerMinute: 2 });
    const as = await registry.admin('GB');
    const statuses: number[] = [];
    for (let n = 0; n < 10; n += 1)
      statuses.push((await registry.call('POST', '/v1/members/GB/keys', { as, body: {} })).status);
    expect(statuses[0]).toBe(400);
    expect(statuses).toContain(429);
  });
});
