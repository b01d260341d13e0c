import { Body, Controller, Get, Module, Post, Query } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { NotFound, WrongState } from '#contracts';
import {
  AllRoles,
  Caller,
  createApp,
  createLogger,
  fixedIssuers,
  PageQuery,
  PlatformModule,
  Roles,
  type Principal,
} from '../index.ts';

@Controller('things')
class Things {
  @Get()
  @Roles('analyst')
  list(@Query() query: PageQuery, @Caller() caller: Principal) {
    return { limit: query.limit, member: caller.member };
  }

  @Post()
  @AllRoles('publisher', 'supervisor')
  create(@Body() body: unknown) {
    return body;
  }

  @Get('forgotten')
  forgotten() {
    return 'a route without a role';
  }

  @Get('conflict')
  @Roles('analyst')
  conflict() {
    throw new WrongState('report.recalled', 'The report was recalled.');
  }

  @Get('named/:id')
  @Roles('analyst')
  named() {
    throw new NotFound();
  }

  @Get('bug')
  @Roles('analyst')
  bug() {
    throw new Error('the secret cause');
  }
}

@Module({})
class Empty {}

describe('an app of the platform', () => {
  let app: NestFastifyApplication;
  let base: string;
  let key: CryptoKey;
  const sign = (claims: Record<string, unknown>, issuer = 'urn:test:GB', by = key) =>
    new SignJWT({ roles: ['analyst'], ...claims })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer(issuer)
      .setAudience((claims['aud'] as string) ?? 'accord')
      .setSubject((claims['sub'] as string) ?? 'u1')
      .setExpirationTime((claims['exp'] as number) ?? '1h')
      .sign(by);
  const get = async (path: string, token?: string) => {
    const response = await fetch(base + path, { headers: token ? { authorization: `Bearer ${token}` } : {} });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: (await response.json()) as Record<string, unknown>,
    };
  };
  const post = async (body: string | undefined, token: string, type = 'application/json') => {
    const response = await fetch(`${base}/things`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
    });
    return {
      status: response.status,
      body: (await response.json()) as { code?: string; errors?: { path: string; rule: string }[] },
    };
  };

  beforeAll(async () => {
    const pair = await generateKeyPair('EdDSA', { extractable: true });
    key = pair.privateKey;
    const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), alg: 'EdDSA' }] };
    const logger = createLogger('test', 'silent');
    const issuers = fixedIssuers([
      { issuer: 'urn:test:GB', member: 'GB', jwks },
      { issuer: 'urn:test:task-force', member: null, jwks },
    ]);
    app = await createApp(
      { module: Empty, imports: [PlatformModule.register({ name: 'test', issuers, logger })], controllers: [Things] },
      { title: 'Test', description: '', bodyLimit: 1_000 },
    );
    await app.listen(0, '127.0.0.1');
    base = await app.getUrl();
  });
  afterAll(() => app.close());

  it('answers health and OpenAPI to anyone', async () => {
    expect(await get('/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect((await get('/docs-json')).body['openapi']).toMatch(/^3\./);
  });

  it('tells the member by the issuer alone', async () => {
    const token = await sign({ member: 'AL' });
    expect(await get('/things?limit=3', token)).toMatchObject({ status: 200, body: { limit: 3, member: 'GB' } });
  });

  it.each([
    ['no token', async () => undefined],
    ['a word', async () => 'nonsense'],
    ['an unknown issuer', () => sign({}, 'urn:test:IT')],
    ['another audience', () => sign({ aud: 'other' })],
    ['an expired token', () => sign({ exp: 1_000 })],
    ['nobody', () => sign({ sub: '' })],
    ['a name with a NUL', () => sign({ sub: 'u\0' })],
    ['another key', async () => sign({}, 'urn:test:GB', (await generateKeyPair('EdDSA')).privateKey)],
  ])('refuses %s with 401', async (_, token) => {
    expect(await get('/things', await token())).toMatchObject({
      status: 401,
      type: expect.stringContaining('application/problem+json'),
      body: { code: 'unauthenticated' },
    });
  });

  it('refuses a role that is not enough, and a route without roles to everyone', async () => {
    expect((await get('/things', await sign({ roles: ['admin'] }))).status).toBe(403);
    expect((await get('/things/forgotten', await sign({ roles: ['analyst'] }))).status).toBe(403);
    expect((await post('{}', await sign({ roles: ['publisher'] }))).status).toBe(403);
  });

  it('keeps metrics for the operator, whom no member can make', async () => {
    expect((await get('/metrics', await sign({ roles: ['operator'] }))).status).toBe(403);
    const operator = await sign({ roles: ['operator', 'analyst'] }, 'urn:test:task-force');
    const answer = await fetch(`${base}/metrics`, { headers: { authorization: `Bearer ${operator}` } });
    expect(answer.status).toBe(200);
    expect((await get('/things', operator)).status).toBe(403);
  });

  it('refuses in the order 401, 403, 400', async () => {
    const officer = await sign({ roles: ['publisher', 'supervisor'] });
    expect((await post('{', await sign({ roles: ['publisher'] }))).status).toBe(403);
    expect(await post('{', officer)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(await post('{"a":1,"a":2}', officer)).toMatchObject({
      status: 400,
      body: { errors: [{ rule: 'duplicate-key' }] },
    });
    expect(await post(undefined, officer)).toMatchObject({ status: 400, body: { errors: [{ rule: 'required' }] } });
  });

  it('names what is wrong before a route is reached', async () => {
    const officer = await sign({ roles: ['publisher', 'supervisor'] });
    expect(await post(JSON.stringify({ a: 'x'.repeat(2_000) }), officer)).toMatchObject({
      status: 413,
      body: { code: 'too-large' },
    });
    expect(await post('a=1', officer, 'application/x-www-form-urlencoded')).toMatchObject({
      status: 415,
      body: { code: 'unsupported-media-type' },
    });
    expect(await post('{}', officer, 'application/x-ndjson')).toMatchObject({ status: 415 });
    expect(await get('/nothing', officer)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await get('/things?limit=0', await sign({}))).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/limit' }] },
    });
    expect(await get('/things?foo=1', await sign({}))).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/foo', rule: 'unknown-field' }] },
    });
  });

  it.each(['[]', '[{}]', '"text"', '1', 'null', 'true'])('takes no body but an object: %s', async (body) => {
    const officer = await sign({ roles: ['publisher', 'supervisor'] });
    expect(await post(body, officer)).toMatchObject({ status: 400, body: { errors: [{ path: '', rule: 'type' }] } });
  });

  it('takes an id of any length for one that may not be there, after the guards', async () => {
    const long = `/things/named/${'x'.repeat(9_000)}`;
    expect(await get(long)).toMatchObject({ status: 401 });
    expect(await get(long, await sign({}))).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('answers a URL that is wrong in itself with a problem', async () => {
    const token = await sign({});
    expect(await get('/things/%E0%A4%A', token)).toMatchObject({
      status: 400,
      type: expect.stringContaining('problem+json'),
    });
    expect(await get('/things/%00', token)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await get('/things?cursor=%00', token)).toMatchObject({
      status: 400,
      body: { errors: [{ rule: 'no-nul' }] },
    });
  });

  it('gives a problem its code, and a bug no cause', async () => {
    expect(await get('/things/conflict', await sign({}))).toMatchObject({
      status: 409,
      body: { code: 'report.recalled' },
    });
    const bug = await get('/things/bug', await sign({}));
    expect(bug).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(JSON.stringify(bug.body)).not.toContain('secret');
  });
});
