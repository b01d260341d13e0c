import { Body, Controller, Module, Post, Res } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { WrongState } from '#contracts';
import {
  AllRoles,
  createApp,
  createLogger,
  Direct,
  fixedIssuers,
  FromHeaders,
  MemberCaller,
  PlatformModule,
  routesOf,
  type CommandHeaders,
  type DirectAnswer,
  type DirectRequest,
  type MemberPrincipal,
} from '../index.ts';

const act = ({ caller, headers, body }: DirectRequest): DirectAnswer => {
  const { fail } = body as { fail?: string };
  if (fail === 'bug') throw new Error('the secret cause');
  if (fail !== undefined) throw new WrongState('report.recalled', 'The report was recalled.');
  return { status: 201, answer: { caller, headers, body }, location: '/things/1' };
};

interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
}

@Controller()
class Things {
  @Post('direct')
  @Direct()
  @AllRoles('publisher', 'supervisor')
  async direct(request: DirectRequest): Promise<DirectAnswer> {
    return act(request);
  }

  @Post('direct-throwing')
  @Direct()
  @AllRoles('publisher', 'supervisor')
  directThrowing(request: DirectRequest): Promise<DirectAnswer> {
    return Promise.resolve(act(request));
  }

  @Post('ordinary')
  @AllRoles('publisher', 'supervisor')
  ordinary(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): object {
    const { status, answer, location } = act({ caller, headers, body });
    reply.status(status).header('location', location!);
    return answer;
  }

  @Post('direct-for-nobody')
  @Direct()
  async forNobody(request: DirectRequest): Promise<DirectAnswer> {
    return act(request);
  }
}

@Module({})
class Empty {}

describe('a route that is served directly', () => {
  let app: NestFastifyApplication;
  let key: CryptoKey;
  const logged: string[] = [];
  const tokenOf = (claims: object, issuer = 'urn:test:GB', exp: string | number = '1h') =>
    new SignJWT({ roles: ['publisher', 'supervisor'], ...claims })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer(issuer)
      .setAudience('accord')
      .setSubject('u1')
      .setExpirationTime(exp)
      .sign(key);

  interface Asked {
    token?: string;
    headers?: Record<string, string>;
    body?: string | Buffer;
  }
  const ask = async (url: string, { token, headers, body }: Asked) => {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', ...authorization, ...headers },
      ...(body !== undefined && { payload: body }),
    });
    const headersOf = { ...answer.headers, date: undefined };
    return {
      status: answer.statusCode,
      headers: headersOf,
      body: answer.body.replace(/"traceId":"[^"]+"/, '"traceId":""'),
    };
  };

  beforeAll(async () => {
    const pair = await generateKeyPair('EdDSA', { extractable: true });
    key = pair.privateKey;
    const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), alg: 'EdDSA' }] };
    const issuers = fixedIssuers([
      { issuer: 'urn:test:GB', member: 'GB', jwks },
      { issuer: 'urn:test:task-force', member: null, jwks },
    ]);
    const logger = createLogger('test', 'info', { write: (line: string) => void logged.push(line) });
    const platform = PlatformModule.register({ name: 'test', issuers, logger, requestsPerMinute: 20 });
    const options = { title: 'Test', description: '', bodyLimit: 1_000 };
    app = await createApp({ module: Empty, imports: [platform], controllers: [Things] }, options);
    await app.init();
  });
  afterAll(() => app.close());

  const cases: [string, () => Promise<Asked>][] = [
    ['a good request', async () => ({ token: await tokenOf({}), body: '{"a":1}' })],
    [
      'the headers of a command',
      async () => ({
        token: await tokenOf({ n: 1 }),
        body: '{}',
        headers: { 'idempotency-key': 'k', 'if-match': '"3"' },
      }),
    ],
    ['no token', async () => ({ body: '{}' })],
    ['another scheme', async () => ({ body: '{}', headers: { authorization: 'Basic dTpw' } })],
    ['a word for a token', async () => ({ token: 'nonsense', body: '{}' })],
    ['an unknown issuer', async () => ({ token: await tokenOf({}, 'urn:test:IT'), body: '{}' })],
    ['an expired token', async () => ({ token: await tokenOf({}, 'urn:test:GB', 1_000), body: '{}' })],
    ['too few roles', async () => ({ token: await tokenOf({ roles: ['publisher'] }), body: '{"a":1,"a":2}' })],
    [
      'the operator',
      async () => ({ token: await tokenOf({ roles: ['operator'] }, 'urn:test:task-force'), body: '{}' }),
    ],
    ['a wrong header', async () => ({ token: await tokenOf({ n: 2 }), body: '{', headers: { 'if-match': '3' } })],
    ['no body', async () => ({ token: await tokenOf({ n: 3 }) })],
    ['a body that is no object', async () => ({ token: await tokenOf({ n: 4 }), body: '[]' })],
    ['a body that is no JSON', async () => ({ token: await tokenOf({ n: 5 }), body: '{"a":' })],
    ['a name given twice', async () => ({ token: await tokenOf({ n: 6 }), body: '{"a":1,"a":2}' })],
    ['bytes that are no text', async () => ({ token: await tokenOf({ n: 7 }), body: Buffer.from([0x7b, 0xff, 0x7d]) })],
    [
      'a body that is too large',
      async () => ({ token: await tokenOf({ n: 8 }), body: `{"a":"${'x'.repeat(1_000)}"}` }),
    ],
    [
      'a stream',
      async () => ({ token: await tokenOf({ n: 9 }), body: '{}', headers: { 'content-type': 'application/x-ndjson' } }),
    ],
    [
      'an unknown media type',
      async () => ({ token: await tokenOf({ n: 10 }), body: '{}', headers: { 'content-type': 'text/plain' } }),
    ],
    ['a rule broken', async () => ({ token: await tokenOf({ n: 11 }), body: '{"fail":"rule"}' })],
    ['a fault', async () => ({ token: await tokenOf({ n: 12 }), body: '{"fail":"bug"}' })],
  ];

  it.each(cases)('answers %s as the framework does, byte for byte', async (_, make) => {
    const asked = await make();
    const ordinary = await ask('/ordinary', asked);
    // Twice, because a token that was verified before takes another way.
    for (const url of ['/direct', '/direct', '/direct-throwing']) expect(await ask(url, asked)).toEqual(ordinary);
  });

  it('lets nobody in where no role is named', async () => {
    expect(await ask('/direct-for-nobody', { token: await tokenOf({}), body: '{}' })).toMatchObject({ status: 403 });
  });

  it('counts against the same allowance as any other', async () => {
    const asked = { token: await tokenOf({ often: true }), body: '{}' };
    for (let n = 0; n < 10; n += 1) for (const url of ['/ordinary', '/direct']) await ask(url, asked);
    const refused = [await ask('/ordinary', asked), await ask('/direct', asked)];
    expect(refused[0]).toMatchObject({ status: 429, headers: { 'retry-after': expect.any(String) } });
    expect(refused[1]).toEqual(refused[0]);
  });

  it('says the cause of a fault in the log alone', async () => {
    const before = logged.length;
    const { body } = await ask('/direct', { token: await tokenOf({ faulty: true }), body: '{"fail":"bug"}' });
    expect(body).not.toContain('secret');
    expect(logged.slice(before).map((line) => JSON.parse(line) as object)).toMatchObject([{ code: 'internal' }]);
  });

  it('is a route like others, to whoever walks them', () => {
    expect(routesOf(app)).toEqual(expect.arrayContaining(['POST /direct', 'POST /ordinary']));
  });

  it('knows all of the guards that there are', () => {
    const { providers = [] } = PlatformModule.register({
      name: 't',
      issuers: fixedIssuers([]),
      logger: createLogger('t'),
    });
    const guards = providers.filter((one) => 'provide' in one && one.provide === APP_GUARD);
    expect(guards.map((one) => 'useClass' in one && one.useClass.name)).toEqual(['AuthGuard', 'RateLimitGuard']);
  });
});
