import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { SigningKey } from '#contracts';
import { createLogger } from '#platform';
import { createJointViews, type JointViews } from '../../create-joint-views.ts';
import { uuid, type Said } from './source.ts';
import { closeWorlds, World } from './world.ts';

const AGREEMENT = {
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
};

/** The joint views over real HTTP, fed by the sources of a world. */
export class HttpWorld {
  private constructor(
    readonly world: World,
    readonly views: JointViews,
    private readonly issuer: Awaited<ReturnType<typeof generateKeyPair>>,
    private readonly base: string,
    private readonly jwks: object,
  ) {}

  static async open(): Promise<HttpWorld> {
    const issuer = await generateKeyPair('EdDSA', { extractable: true });
    const jwks = { keys: [{ ...(await exportJWK(issuer.publicKey)), alg: 'EdDSA' }] };
    const world = await World.open();
    const views = await createJointViews(
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
    world.side = views.side;
    for (const code of ['GB', 'AL', 'XK']) {
      const said = await world.founded(code);
      await world.registry.say({ ...said, data: { ...said.data, jwks } });
    }
    const type = 'accord.registry.agreement-entered-into-force.v1';
    await world.of('/registry/agreements').say({ type, subject: AGREEMENT.id, data: AGREEMENT });
    await world.settled();
    await world.beat();
    await views.listen(0);
    return new HttpWorld(world, views, issuer, await views.app.getUrl(), jwks);
  }

  async close(): Promise<void> {
    await this.views.app.close();
    await this.world.close();
    await closeWorlds();
  }

  /** The agreement that is in force, with what is different of it. */
  agreement(over: object = {}): object {
    return { ...AGREEMENT, ...over };
  }

  /** A member as it was founded, with the issuer of this world's tokens. */
  async founded(code: string): Promise<Said & { data: object }> {
    const said = await this.world.founded(code);
    return { ...said, data: { ...said.data, jwks: this.jwks } };
  }

  /** A member's key is revoked, as the world says it, with the issuer of this world's tokens. */
  revoked(code: string, until: number): Said {
    const said = this.world.revoked(code, until);
    return { ...said, data: { ...said.data, jwks: this.jwks } };
  }

  get seconds(): number {
    return Math.floor(this.world.now / 1000);
  }

  /** Of a member's issuer; null: the operator's. */
  token(member: string | null, roles = member === null ? ['operator'] : ['analyst']): Promise<string> {
    return new SignJWT({ roles, clearance: 'SECRET' })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer(member === null ? 'urn:test:task-force' : `urn:test:${member}`)
      .setSubject('u1')
      .setAudience('accord')
      .setExpirationTime(this.seconds + 86_400)
      .sign(this.issuer.privateKey);
  }

  /** As a node makes it, to deliver keys. */
  async keyToken(
    member: string,
    key: SigningKey,
    claims: { aud?: string; iat?: number; exp?: number } = {},
  ): Promise<string> {
    return new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
      .setIssuer(`/members/${member}`)
      .setAudience(claims.aud ?? 'accord-keys')
      .setIssuedAt(claims.iat ?? this.seconds)
      .setExpirationTime(claims.exp ?? this.seconds + 60)
      .sign(await importJWK(key.privateJwk as never, 'EdDSA'));
  }

  async call(method: string, path: string, as?: string, body?: unknown) {
    const answer = await fetch(this.base + path, {
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
  }
}
