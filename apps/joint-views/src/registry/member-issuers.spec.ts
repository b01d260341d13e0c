import { afterAll, beforeAll, expect, it, describe } from '@jest/globals';
import { KeyServer, signToken, tokenSigner, type TokenSigner } from '#platform/testing';
import { HttpWorld } from '../intake/testing/http.ts';

describe('a member whose issuer publishes its keys', () => {
  let http: HttpWorld;
  let server: KeyServer;
  let signer: TokenSigner;
  const issuer = 'https://id.example.org/realms/AL';

  beforeAll(async () => {
    [http, server, signer] = await Promise.all([HttpWorld.open(), KeyServer.start(), tokenSigner('published')]);
    server.keys = [signer.jwk];
  });
  afterAll(async () => {
    await http.close();
    await server.stop();
  });

  const registered = async (over: object) => {
    const { data, subject } = await http.world.founded('AL');
    const type = 'accord.registry.member-keys-registered.v1';
    await http.world.registry.say({ type, subject, data: { ...data, by: 'AL', issuer, jwks: null, ...over } });
    await http.world.settled();
  };
  const token = (by = signer) => signToken(by, { iss: issuer, roles: ['analyst'] });
  const asks = async (as: string) => (await http.call('GET', '/v1/reports', as)).status;

  it('is known by them once the registry says so', async () => {
    const before = await http.token('AL');
    expect(await asks(before)).toBe(200);
    expect(await asks(await token())).toBe(401);
    await registered({ jwksUri: server.url });
    await http.world.until(async () => (await asks(await token())) === 200);
    expect(await asks(before)).toBe(401);
    expect(await asks(await token(await tokenSigner('published')))).toBe(401);
    expect(server.asked).toBe(1);
  });

  it('is known by another place once the registry says so, and by the first no more', async () => {
    const old = await token();
    const [other, newer] = await Promise.all([KeyServer.start(), tokenSigner('newer')]);
    other.keys = [newer.jwk];
    await registered({ jwksUri: other.url });
    await http.world.until(async () => (await asks(await token(newer))) === 200);
    expect(await asks(old)).toBe(401);
    await other.stop();
  });

  it('is not known by keys that come over a line that anybody can speak on', async () => {
    await registered({ jwksUri: server.url.replace('127.0.0.1', 'localhost.localdomain') });
    await http.world.until(async () => (await asks(await token())) === 401);
    await registered({ jwksUri: server.url });
    await http.world.until(async () => (await asks(await token())) === 200);
  });
});
