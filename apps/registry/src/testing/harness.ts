import { SignJWT, exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';
import { newSigningKey, readPlaced, type PlacedEnvelope, type SigningKey } from '#contracts';
import { openSqlEventStore } from '#event-store/postgres';
import { openEmbeddedExchange } from '#exchange/embedded';
import { createLogger, type Clock } from '#platform';
import { openPglite, type Database } from '#sql';
import { createRegistry, type Founder, type Registry, type RegistryConfig, type RegistryParts } from '../index.ts';

/** An issuer whose private key the test holds. */
export interface TestIssuer {
  issuer: string;
  privateKey: CryptoKey;
  jwk: JWK & { kty: string };
}

export async function testIssuer(name: string): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: `${name}-tokens`, alg: 'EdDSA', use: 'sig' };
  return { issuer: `urn:test:issuer:${name}`, privateKey, jwk: jwk as JWK & { kty: string } };
}

export function tokenOf(
  { issuer, privateKey, jwk }: TestIssuer,
  roles: string[],
  claims: object = {},
): Promise<string> {
  return new SignJWT({ roles, clearance: 'OFFICIAL', aud: 'accord', sub: 'u-1', exp: 4_000_000_000, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid! })
    .setIssuer(issuer)
    .sign(privateKey);
}

export interface Reply {
  status: number;
  body: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
  text: string;
  headers: Headers;
}

export interface CallOptions {
  as?: string;
  body?: unknown;
  /** Sent as it is. */
  raw?: string | Uint8Array;
  headers?: Record<string, string>;
}

/** A registry of GB, AL and XK on PGlite in memory, spoken to over HTTP. Its clock goes on a second with each reading. */
export class RegistryHarness {
  private constructor(
    readonly db: Database,
    readonly config: RegistryConfig,
    readonly issuers: Map<string, TestIssuer>,
    readonly registry: Registry,
    private readonly parts: Pick<RegistryParts, 'stores' | 'exchange'>,
  ) {}

  static async start(over: Partial<RegistryConfig> = {}): Promise<RegistryHarness> {
    const issuers = new Map<string, TestIssuer>();
    for (const code of ['GB', 'AL', 'XK', 'MK', 'ME', 'task-force']) issuers.set(code, await testIssuer(code));
    const founders = ['GB', 'AL', 'XK'].map((code) => founder(code, issuers.get(code)!));
    const { issuer, jwk } = issuers.get('task-force')!;
    const operator = { issuer, member: null, jwks: { keys: [jwk] } };
    const config = { signingKey: newSigningKey(), secret: 'a secret of the test', founders, operator, ...over };
    return RegistryHarness.open(await openPglite('memory://'), config, issuers);
  }

  private static async open(db: Database, config: RegistryConfig, issuers: Map<string, TestIssuer>) {
    const stores = {
      members: await openSqlEventStore({ db, schema: 'registry_members' }),
      agreements: await openSqlEventStore({ db, schema: 'registry_agreements' }),
    };
    const exchange = await openEmbeddedExchange({ db });
    const logger = createLogger('registry', 'silent');
    const registry = await createRegistry(config, { stores, exchange, logger, clock: ticking() });
    await registry.listen(0);
    return new RegistryHarness(db, config, issuers, registry, { stores, exchange });
  }

  /** The same data, another process's life. */
  async restart(config: Partial<RegistryConfig> = {}): Promise<RegistryHarness> {
    await this.stopParts();
    return RegistryHarness.open(this.db, { ...this.config, ...config }, this.issuers);
  }

  async stop(): Promise<void> {
    await this.stopParts();
    await this.db.close();
  }

  private async stopParts(): Promise<void> {
    await this.registry.close();
    const { exchange, stores } = this.parts;
    await exchange.close();
    await stores.members.close();
    await stores.agreements.close();
  }

  admin = (member: string) => this.token(member, ['admin']);
  token = (member: string, roles: string[], claims: object = {}) => tokenOf(this.issuers.get(member)!, roles, claims);

  async call(method: string, path: string, { as, body, raw, headers = {} }: CallOptions = {}): Promise<Reply> {
    const address = this.registry.app.getHttpServer().address() as { port: number };
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`http://127.0.0.1:${address.port}${path}`, {
      method,
      headers: {
        ...(as !== undefined && { authorization: `Bearer ${as}` }),
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: sent as RequestInit['body'],
    });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text), text, headers: response.headers };
  }

  /** A command of a member's admin. */
  async speak(member: string, path: string, body: object = {}, headers: Record<string, string> = {}): Promise<Reply> {
    return this.call('POST', path, { as: await this.admin(member), body, headers });
  }

  async read(member: string, path: string): Promise<Reply> {
    return this.call('GET', path, { as: await this.admin(member) });
  }

  /** What a source has said so far. */
  async said(source: string): Promise<PlacedEnvelope[]> {
    await this.registry.relayed();
    return (await this.parts.exchange.read(source, 0, 1000)).map(({ value }) => readPlaced(value));
  }

  announced(source: string): Promise<string | null> {
    return this.parts.exchange.announced(source);
  }

  /** How many events both stores hold: a refusal adds none. */
  async stored(): Promise<number> {
    const { members, agreements } = this.parts.stores;
    const all = await Promise.all([members.readAll(null, 1000), agreements.readAll(null, 1000)]);
    return all.flat().length;
  }
}

export const eventKey: SigningKey = newSigningKey();

export function founder(code: string, { issuer, jwk }: TestIssuer): Founder {
  return {
    code,
    name: `State ${code}`,
    contact: `Accord desk ${code}, desk.${code.toLowerCase()}@example.org`,
    issuer,
    jwks: { keys: [jwk] },
    signingKeys: [{ kid: `${code}-1`, jwk: { ...eventKey.publicJwk }, from: 1, until: null }],
  };
}

function ticking(): Clock {
  let now = Date.parse('2026-01-01T00:00:00Z');
  return { now: () => (now += 1000) };
}
