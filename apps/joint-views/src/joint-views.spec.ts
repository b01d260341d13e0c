import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { newSigningKey, type SigningKey } from '#contracts';
import { createLogger } from '#platform';
import { createJointViews, type JointViews } from './create-joint-views.ts';
import { released, ended } from './intake/testing/said.ts';
import { uuid } from './intake/testing/source.ts';
import { closeWorlds, World } from './intake/testing/world.ts';

const R = uuid('r');
const KEY = Buffer.alloc(32, 7).toString('base64url');

describe('the joint views over HTTP', () => {
  let world: World;
  let views: JointViews;
  let base: string;
  let issuer: Awaited<ReturnType<typeof generateKeyPair>>;
  const seconds = () => Math.floor(world.now / 1000);

  beforeAll(async () => {
    issuer = await generateKeyPair('EdDSA', { extractable: true });
    const jwks = { keys: [{ ...(await exportJWK(issuer.publicKey)), alg: 'EdDSA' }] };
    world = await World.open();
    await world.side.stop();
    views = await createJointViews(
      {
        registryKeys: [world.registry.key],
        withholdAfterMs: 60_000,
        registryMaxAgeMs: 300_000,
        operator: { issuer: 'urn:test:task-force', member: null, jwks },
      },
      {
        db: world.db,
        exchange: world.exchange,
        logger: createLogger('test', 'silent'),
        clock: { now: () => world.now },
      },
    );
    Object.assign(world, { side: views.side });
    for (const code of ['GB', 'AL', 'XK']) {
      const said = await world.founded(code);
      await world.registry.say({ ...said, data: { ...said.data, jwks } });
    }
    await world.of('/registry/agreements').say({
      type: 'accord.registry.agreement-entered-into-force.v1',
      subject: uuid('agreement'),
      data: {
        by: 'XK',
        id: uuid('agreement'),
        title: 'Tirana arrangement',
        parties: ['GB', 'AL', 'XK'],
        categories: ['intelligence', 'operation'],
        purposes: ['people-smuggling'],
        validFrom: '2025-01-01T00:00:00Z',
        validTo: null,
        onward: false,
        state: 'in-force',
        inForceSince: '2025-01-01T00:00:00Z',
        signedBy: ['GB', 'AL', 'XK'],
        suspendedBy: null,
      },
    });
    await world.settled();
    await views.listen(0);
    base = await views.app.getUrl();
  });
  afterAll(async () => {
    await views.app.close();
    await world.close();
    await closeWorlds();
  });

  const token = (member: string | null, roles = member === null ? ['operator'] : ['analyst']) =>
    new SignJWT({ roles, clearance: 'SECRET' })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer(member === null ? 'urn:test:task-force' : `urn:test:${member}`)
      .setSubject('u1')
      .setAudience('accord')
      .setExpirationTime(seconds() + 86_400)
      .sign(issuer.privateKey);
  const keyToken = async (member: string, key: SigningKey, claims: { aud?: string; iat?: number; exp?: number } = {}) =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
      .setIssuer(`/members/${member}`)
      .setAudience(claims.aud ?? 'accord-keys')
      .setIssuedAt(claims.iat ?? seconds())
      .setExpirationTime(claims.exp ?? seconds() + 60)
      .sign(await importJWK(key.privateJwk as never, 'EdDSA'));
  const call = async (method: string, path: string, as?: string, body?: unknown) => {
    const answer = await fetch(base + path, {
      method,
      headers: {
        ...(as !== undefined && { authorization: `Bearer ${as}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        'accord-purpose': 'people-smuggling',
        'accord-case': 'C-1',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    return { status: answer.status, text, json: (text.startsWith('{') ? JSON.parse(text) : null) as any };
  };
  const keys = () =>
    world.db.query<{ member: string; record: string; key: Uint8Array | null }>('select * from keyring.keys');

  describe('keys', () => {
    it('come from the member that they belong to, and are destroyed for good', async () => {
      const as = await keyToken('GB', world.of('GB').key);
      const record = uuid('k');
      expect((await call('PUT', `/v1/keys/${record}`, as, { key: KEY })).status).toBe(204);
      expect(
        (await call('PUT', '/v1/keys', as, { keys: [{ record, key: Buffer.alloc(32).toString('base64url') }] })).status,
      ).toBe(204);
      expect(await keys()).toEqual([{ member: 'GB', record, key: new Uint8Array(Buffer.alloc(32, 7)) }]);
      expect((await call('DELETE', `/v1/keys/${record}`, as)).status).toBe(204);
      expect((await call('DELETE', `/v1/keys/${uuid('never')}`, as)).status).toBe(204);
      expect((await call('PUT', `/v1/keys/${record}`, as, { key: KEY })).status).toBe(204);
      expect((await keys()).every(({ key }) => key === null)).toBe(true);
    });

    it('need a token that the event-signing key signs, of now, for this', async () => {
      const own = world.of('GB').key;
      const bad = [
        undefined,
        'x.y.z',
        await token('GB', ['publisher', 'supervisor']),
        await token(null),
        await keyToken('GB', world.of('AL').key),
        await keyToken('GB', newSigningKey()),
        await keyToken('MK', own),
        await keyToken('GB', own, { aud: 'accord' }),
        await keyToken('GB', own, { exp: seconds() - 60 }),
        await keyToken('GB', own, { iat: seconds() - 7200, exp: seconds() + 7200 }),
      ];
      const before = await keys();
      for (const as of bad) {
        for (const [method, path] of [
          ['PUT', `/v1/keys/${R}`],
          ['PUT', '/v1/keys'],
          ['DELETE', `/v1/keys/${R}`],
        ] as const) {
          const body = method === 'DELETE' ? undefined : path === '/v1/keys' ? { keys: [] } : { key: KEY };
          expect(await call(method, path, as, body)).toMatchObject({ status: 401, json: { code: 'unauthenticated' } });
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
      const answer = await call('PUT', '/v1/keys', await keyToken('GB', world.of('GB').key), body);
      expect(answer).toMatchObject({ status: 400, json: { code: 'invalid-request', errors: [{ path }] } });
    });

    it('are of records that have a UUID', async () => {
      const as = await keyToken('GB', world.of('GB').key);
      expect((await call('PUT', '/v1/keys/x', as, { key: KEY })).status).toBe(400);
      expect((await call('DELETE', '/v1/keys/x', as)).status).toBe(400);
    });
  });

  it('tells a member of its own source alone, and the operator of all', async () => {
    await world.say('GB', released(R));
    await world.settled();
    const own = await call('GET', '/v1/status', await token('GB'));
    expect(own.json.sources).toEqual([
      {
        source: '/members/GB',
        sequence: 1,
        applied: 1,
        lagSeconds: 0,
        gaps: [],
        quarantined: false,
        waitingSeconds: 0,
      },
    ]);
    const all = await call('GET', '/v1/status', await token(null));
    expect(all.json.sources.map(({ source }: { source: string }) => source)).toEqual([
      '/members/AL',
      '/members/GB',
      '/members/XK',
      '/registry/agreements',
      '/registry/members',
    ]);
    expect(all.json.registry).toEqual({ ageSeconds: 0 });
    expect((await call('GET', '/v1/status')).status).toBe(401);
  });

  it('serves what was taken in', async () => {
    await world.say('GB', released(uuid('seen')));
    await world.settled();
    expect((await call('GET', `/v1/reports/${uuid('seen')}`, await token('AL'))).json).toMatchObject({
      originator: 'GB',
    });
    await world.say('GB', ended(uuid('seen'), 'recalled'));
    await world.settled();
    expect((await call('GET', `/v1/reports/${uuid('seen')}`, await token('AL'))).status).toBe(404);
  });

  it('gives its numbers to the operator', async () => {
    const metrics = await call('GET', '/metrics', await token(null));
    expect(metrics.text).toMatch(/accord_views_applied\{source="\/members\/GB",.*\} \d+/);
    expect((await call('GET', '/metrics', await token('GB'))).status).toBe(403);
  });

  describe('a replay', () => {
    const done = async (id: string) => {
      const as = await token(null);
      await world.until(async () => (await call('GET', `/v1/replays/${id}`, as)).json.state !== 'running');
      return (await call('GET', `/v1/replays/${id}`, as)).json;
    };

    it('leaves every table as it is, and readers served', async () => {
      const as = await token('AL');
      const started = await call('POST', '/v1/replays', await token(null), {});
      expect(started).toMatchObject({ status: 202, json: { state: 'running' } });
      let reads = 0;
      let open = true;
      const reading = (async () => {
        while (open) {
          expect((await call('GET', `/v1/reports/${R}`, as)).status).toBe(200);
          reads += 1;
        }
      })();
      const saying = world.say('GB', released(uuid('meanwhile')));
      const report = await done(started.json.id);
      open = false;
      await Promise.all([reading, saying]);
      expect(report).toMatchObject({ state: 'done', phase: 'swapped', differing: 0 });
      expect(report.tables.map(({ name }: { name: string }) => name)).toContain('statements');
      expect(reads).toBeGreaterThan(0);
      await world.settled();
      expect((await call('GET', `/v1/reports/${uuid('meanwhile')}`, as)).status).toBe(200);
    });

    it('may report on one table', async () => {
      const started = await call('POST', '/v1/replays', await token(null), { view: 'names' });
      expect((await done(started.json.id)).tables).toMatchObject([{ name: 'names' }]);
    });

    it.each([[{ view: 'nothing' }], [{ more: 1 }], [[]]])('%j is refused', async (body) => {
      expect((await call('POST', '/v1/replays', await token(null), body)).status).toBe(400);
    });

    it('is the operator’s', async () => {
      expect((await call('POST', '/v1/replays', await token('GB', ['admin', 'supervisor']), {})).status).toBe(403);
      expect((await call('GET', `/v1/replays/${R}`, await token(null))).status).toBe(404);
    });
  });

  describe('resuming a source', () => {
    const hash = 'a'.repeat(64);
    it.each([
      [{ source: '/members/GB', sequence: 1 }],
      [{ source: '/members/GB', sequence: 1, hash: 'x' }],
      [{ source: '/members/gb', sequence: 1, hash }],
      [{ source: '/members/GB', sequence: -1, hash }],
      [{ source: '/members/GB', sequence: '1', hash }],
      [{ source: '/members/GB', sequence: 1, hash, more: 1 }],
    ])('%j is refused', async (body) => {
      expect((await call('POST', '/v1/sources/resume', await token(null), body)).status).toBe(400);
    });

    it('is the operator’s, and for one that is quarantined', async () => {
      const body = { source: '/members/GB', sequence: 1, hash };
      expect((await call('POST', '/v1/sources/resume', await token('GB', ['supervisor']), body)).status).toBe(403);
      expect(await call('POST', '/v1/sources/resume', await token(null), body)).toMatchObject({
        status: 409,
        json: { code: 'source.not-quarantined' },
      });
    });
  });
});
