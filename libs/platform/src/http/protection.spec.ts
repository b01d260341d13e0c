import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { createApp, createLogger, fixedIssuers, PlatformModule, Roles, routesOf } from '../index.ts';

@Controller('v1/things')
class Things {
  @Get()
  @Roles('analyst')
  list(): object {
    return { items: [] };
  }
}

class Empty {}

describe('what every app is protected by', () => {
  let app: NestFastifyApplication;
  let base: string;
  let key: CryptoKey;
  let now = Date.parse('2026-01-01T00:00:00Z');
  const token = (sub: string, roles = ['analyst']) =>
    new SignJWT({ roles })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer('urn:test:GB')
      .setAudience('accord')
      .setSubject(sub)
      .setExpirationTime(Math.floor(now / 1000) + 86_400)
      .sign(key);
  const get = (path: string, as?: string, headers: Record<string, string> = {}) =>
    fetch(base + path, { headers: { ...headers, ...(as !== undefined && { authorization: `Bearer ${as}` }) } });

  beforeAll(async () => {
    const pair = await generateKeyPair('EdDSA', { extractable: true });
    key = pair.privateKey;
    const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), alg: 'EdDSA' }] };
    const platform = PlatformModule.register({
      name: 'test',
      issuers: fixedIssuers([{ issuer: 'urn:test:GB', member: 'GB', jwks }]),
      logger: createLogger('test', 'silent'),
      clock: { now: () => now },
      requestsPerMinute: 6,
    });
    const module = { module: Empty, imports: [platform], controllers: [Things] };
    app = await createApp(module, { title: 'Test', description: '' });
    await app.listen(0, '127.0.0.1');
    base = await app.getUrl();
  });
  afterAll(() => app.close());

  it('knows its routes', () => {
    expect(routesOf(app)).toEqual(expect.arrayContaining(['GET /health', 'GET /metrics', 'GET /v1/things']));
    expect(routesOf(app)).toEqual(expect.arrayContaining(['GET /docs', 'GET /docs-json']));
  });

  it('answers a token so often a minute, and then says how long to wait', async () => {
    const [one, other] = [await token('u1'), await token('u2')];
    for (let n = 0; n < 6; n += 1) expect((await get('/v1/things', one)).status).toBe(200);
    const refused = await get('/v1/things', one);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(await refused.json()).toMatchObject({ code: 'too-many-requests', status: 429, detail: 'Wait for 10 s.' });
    // Another token is answered as ever, with nothing about the first.
    const answer = await get('/v1/things', other);
    expect(answer.status).toBe(200);
    expect([...answer.headers.keys()].filter((name) => /limit|retry/.test(name))).toEqual([]);
    now += 10_000;
    expect((await get('/v1/things', one)).status).toBe(200);
    expect((await get('/v1/things', one)).status).toBe(429);
  });

  it('counts nobody for who may not ask, and none for what is open to all', async () => {
    const bad = await token('u3', ['publisher']);
    for (let n = 0; n < 10; n += 1) {
      expect((await get('/v1/things', 'nonsense')).status).toBe(401);
      expect((await get('/v1/things', bad)).status).toBe(403);
      expect((await get('/health')).status).toBe(200);
    }
  });

  const paths = ['/health', '/v1/things', '/nothing', '/metrics', '/docs-json', '/v1/things/%00', '/docs'];
  it.each(paths)('%s is for no browser to run, frame, keep or tell of', async (path) => {
    const { headers } = await get(path);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
    expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'$/);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+/);
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
  });

  it('lets no other origin in', async () => {
    const from = { origin: 'https://elsewhere.example' };
    const asked = await get('/v1/things', await token('u4'), from);
    const before = await fetch(`${base}/v1/things`, {
      method: 'OPTIONS',
      headers: { ...from, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    });
    for (const { headers } of [asked, before]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
    expect(before.status).toBe(404);
  });

  it('serves a document whose parts its own policy lets in', async () => {
    const page = await get('/docs');
    const html = await page.text();
    const parts = [...html.matchAll(/<(?:script|link)\b[^>]*(?:src|href)="([^"]+)"/g)].map(([, part]) => part!);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) {
      expect(part).toMatch(/^\.\/docs\//);
      expect((await get(part.slice(1))).status).toBe(200);
    }
    // No script stands in the page itself, and no other place is named.
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
    expect(html).not.toMatch(/\bon\w+="/);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
  });
});
