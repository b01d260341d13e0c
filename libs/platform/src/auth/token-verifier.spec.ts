import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { COOL_DOWN_MS, KEYS_LIVE_MS, REFRESH_AFTER_MS } from './key-set.ts';
import type { Issuer } from './principal.ts';
import { KeyServer, signToken, tokenSigner, type TokenSigner } from '../testing/key-server.ts';
import { TokenVerifier } from './token-verifier.ts';

const GB = 'https://id.example.org/gb';
const AL = 'https://id.example.org/al';
const NOW = Date.parse('2026-01-01T12:00:00Z');
const SECONDS = NOW / 1000;

describe('tokens of an issuer that publishes its keys', () => {
  let server: KeyServer;
  let first: TokenSigner;
  let second: TokenSigner;
  let albania: TokenSigner;
  let now: number;
  let issuers: Map<string, Issuer>;
  let httpHosts: string[] | undefined;
  let warnings: unknown[];
  let verifier: TokenVerifier;

  beforeEach(async () => {
    server = await KeyServer.start();
    [first, second, albania] = await Promise.all([tokenSigner('one'), tokenSigner('two'), tokenSigner('one')]);
    server.keys = [first.jwk];
    now = NOW;
    httpHosts = undefined;
    warnings = [];
    issuers = new Map<string, Issuer>([
      [GB, { issuer: GB, member: 'GB', jwksUri: server.url }],
      [AL, { issuer: AL, member: 'AL', jwks: { keys: [albania.jwk] } }],
    ]);
    const directory = {
      find: (name: string) => issuers.get(name),
      get httpHosts() {
        return httpHosts ?? ['127.0.0.1'];
      },
    };
    verifier = new TokenVerifier(directory, () => now, { warn: (told: unknown) => warnings.push(told) } as never);
  });
  afterEach(() => server.stop());

  const by = (signer: TokenSigner, claims: object = {}, header: object = {}) =>
    signToken(signer, { iss: GB, ...claims }, header);
  const verify = (token: string) => verifier.verify(token);
  const refused = (token: string) =>
    expect(verify(token)).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });

  it('are verified by keys that are fetched once', async () => {
    const token = await by(first, { clearance: 'SECRET' });
    const all = await Promise.all([verify(token), verify(await by(first, { sub: 'u-2' })), verify(token)]);
    expect(all[0]).toEqual({ member: 'GB', user: 'u-1', roles: ['analyst'], clearance: 'SECRET' });
    expect(all.map(({ user }) => user)).toEqual(['u-1', 'u-2', 'u-1']);
    await verify(token);
    expect(server.asked).toBe(1);
  });

  it('are followed when the issuer rotates its keys, also those of a key that it took back', async () => {
    const old = await by(first);
    await verify(old);
    server.keys = [first.jwk, second.jwk];
    now += COOL_DOWN_MS;
    await verify(await by(second));
    await verify(old);
    server.keys = [second.jwk];
    now += REFRESH_AFTER_MS;
    await refused(old);
    await verify(await by(second));
    expect(server.asked).toBe(3);
  });

  it('of a key that nobody knows do not have the issuer flooded', async () => {
    await verify(await by(first));
    for (let i = 0; i < 50; i++) await refused(await by(second, {}, { kid: `made-up-${i}` }));
    expect(server.asked).toBe(1);
    now += COOL_DOWN_MS;
    await Promise.all(Array.from({ length: 50 }, async () => refused(await by(second))));
    expect(server.asked).toBe(2);
  });

  it('are good while the issuer is away, but not for longer than its keys live', async () => {
    const token = await by(first);
    await verify(token);
    server.status = 503;
    now += KEYS_LIVE_MS - 1;
    await verify(token);
    await verify(await by(first, { sub: 'u-2' }));
    now += 1;
    await refused(token);
    await refused(await by(first, { sub: 'u-3' }));
    expect(warnings).toHaveLength(1);
    server.status = 200;
    now += COOL_DOWN_MS;
    await verify(token);
  });

  it('are refused while the issuer was never reached', async () => {
    const token = await by(first);
    const { url } = server;
    await server.stop();
    await refused(token);
    await refused(token);
    expect(warnings).toHaveLength(1);
    expect(JSON.stringify(warnings)).toContain('ECONNREFUSED');
    issuers.set(GB, { issuer: GB, member: 'GB', jwksUri: url });
    await refused(token);
  });

  it.each<[string, (it: KeyServer) => void]>([
    ['no JSON', (it) => (it.body = 'no keys')],
    ['null', (it) => (it.body = 'null')],
    ['no list', (it) => (it.body = '{"keys":{}}')],
    ['more than a key set needs', (it) => (it.body = JSON.stringify({ keys: it.keys, more: 'x'.repeat(70_000) }))],
    ['its keys elsewhere', (it) => Object.assign(it, { status: 302, headers: { location: it.url } })],
    ['with an error', (it) => (it.status = 500)],
    ['with keys of another kind', (it) => (it.keys = [{ kty: 'RSA' }, { ...first.jwk, use: 'enc' }, null, 7])],
  ])('are refused where it answers %s', async (_, answer) => {
    answer(server);
    await refused(await by(first));
    expect(server.asked).toBe(1);
  });

  it('are refused where its keys would come over a line that anybody can speak on', async () => {
    httpHosts = ['keycloak'];
    await refused(await by(first));
    expect(server.asked).toBe(0);
  });

  it.each<[string, () => string | Promise<string>]>([
    ['another audience', () => by(first, { aud: 'account' })],
    ['no audience', () => by(first, { aud: undefined })],
    ['an end that has passed', () => by(first, { exp: SECONDS - 31 })],
    ['no end', () => by(first, { exp: undefined })],
    ['a beginning to come', () => by(first, { nbf: SECONDS + 31 })],
    ['a subject of none', () => by(first, { sub: undefined })],
    ['another issuer', () => by(first, { iss: 'https://id.example.org/it' })],
    ['an issuer that is named by more', () => by(first, { iss: `${GB}/` })],
    ['another member’s issuer', () => by(first, { iss: AL })],
    ['this issuer, by another member’s key', () => by(albania)],
    ['an algorithm of another key', async () => by(await tokenSigner('one', 'ES256'), {}, { alg: 'ES256' })],
    ['RSA', async () => by(await tokenSigner('one', 'RS256'), {}, { alg: 'RS256' })],
  ])('are refused with %s', async (_, token) => refused(await token()));

  it('are refused by the algorithm that they name themselves, also where the issuer has such a key', async () => {
    const other = await tokenSigner('three', 'ES256');
    server.keys = [first.jwk, other.jwk];
    await refused(await by(other, {}, { alg: 'ES256' }));
    const secret = Buffer.from(first.jwk.x!, 'base64url');
    const claims = { iss: GB, sub: 'u-1', roles: ['analyst'], aud: 'accord', exp: 4_000_000_000 };
    await refused(await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret));
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    await refused(`${part({ alg: 'none' })}.${part(claims)}.`);
    await refused(`${part({ alg: 'EdDSA', kid: 'one', jwk: second.jwk })}.${part(claims)}.${'A'.repeat(86)}`);
  });

  it('are refused with a byte changed', async () => {
    const [head, , signature] = (await by(first)).split('.') as [string, string, string];
    const [, payload] = (await by(first, { clearance: 'SECRET' })).split('.') as [string, string];
    await refused(`${head}.${payload}.${signature}`);
    await refused(`${head}.${payload}`);
  });

  it('take clocks for right within half a minute, also a token that is known', async () => {
    await verify(await by(first, { exp: SECONDS - 29 }));
    await verify(await by(first, { nbf: SECONDS + 29 }));
    const token = await by(first, { exp: SECONDS + 60 });
    await verify(token);
    now += 89_000;
    await verify(token);
    now += 1_000;
    await refused(token);
  });

  it('have the member whose issuer signed them, whatever they claim', async () => {
    expect(await verify(await by(first, { member: 'AL', roles: ['analyst', 'operator', 'king'] }))).toMatchObject({
      member: 'GB',
      roles: ['analyst'],
    });
    expect(await verify(await signToken(albania, { iss: AL }))).toMatchObject({ member: 'AL' });
  });

  it('are forgotten when their issuer is registered anew, or no more', async () => {
    const token = await by(first);
    await verify(token);
    issuers.set(GB, { issuer: GB, member: 'GB', jwks: { keys: [second.jwk] } });
    await refused(token);
    await verify(await by(second));
    issuers.delete(GB);
    await refused(await by(second));
  });
});
