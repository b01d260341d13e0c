import { readFileSync } from 'node:fs';
import { CompactSign, importJWK } from 'jose';
import type { PublicJwk, Role, SigningKey } from '#contracts';
import { request, Refused } from '../cli/client.ts';
import type { Endpoints, Home } from '../home/home.ts';
import { ensureIssuer, issueToken } from '../home/issuers.ts';
import { ensureSigningKey } from '../home/signing-keys.ts';
import type { MemberFile } from './member-file.ts';

export interface KnownMember {
  code: string;
  name: string;
  state: string;
}

/** A key that signs its events. */
export interface RegisteredKey {
  kid: string;
  jwk: PublicJwk;
}

const CLEARANCE = 'SECRET';

/** A country on its way in, and all who have a word in it: each speaks by a token of its own. */
export class Candidate {
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(
    readonly home: Home,
    readonly endpoints: Endpoints,
    readonly code: string,
    readonly file: MemberFile | null,
  ) {}

  /** ACCORD_TOKEN_MK where MK's issuer is its own; else one of its built-in issuer. */
  token(member: string, ...roles: Role[]): Promise<string> {
    const key = [member, ...roles].join();
    const given = process.env[`ACCORD_TOKEN_${member}`];
    const token =
      this.#tokens.get(key) ??
      (given
        ? Promise.resolve(given)
        : issueToken(this.home, { member, roles, clearance: CLEARANCE, user: 'onboarding' }));
    this.#tokens.set(key, token);
    return token;
  }

  operator(): Promise<string> {
    return issueToken(this.home, { member: null, roles: ['operator'], clearance: 'OFFICIAL', user: 'onboarding' });
  }

  findNode(member: string): string | undefined {
    return (member === this.code ? this.file?.node : undefined) ?? this.endpoints.nodes[member];
  }

  /** Where a member's node answers. Throws where nothing is known of it. */
  node(member: string): string {
    const node = this.findNode(member);
    if (!node) {
      throw new Error(
        `Where ${member}'s node answers is not known: name it in --member-file, as "node", or start it with the product.`,
      );
    }
    return node;
  }

  /** At the registry, as the admin of a member. The key makes asking again give the first answer. */
  async command<T>(member: string, path: string, body: object, key?: string): Promise<T> {
    const token = await this.token(member, 'admin');
    return this.registry<T>(path, body, token, key);
  }

  registry<T>(path: string, body: object, token: string, key?: string): Promise<T> {
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
    return request<T>('POST', this.endpoints.registry + path, { token, body, headers });
  }

  /** All members, as the first of those who have a token here sees them. */
  async members(): Promise<KnownMember[]> {
    const token = await this.token(await this.#anyone(), 'admin');
    const list: KnownMember[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
      const url: string = `${this.endpoints.registry}/v1/members?limit=500${cursor}`;
      const page: { items: KnownMember[]; next: string | null } = await request('GET', url, { token });
      list.push(...page.items);
      next = page.next;
    }
    return list;
  }

  /** `none` where the registry knows no such member. */
  async state(): Promise<string> {
    return (await this.members()).find(({ code }) => code === this.code)?.state ?? 'none';
  }

  /** Those who decide on it, by their codes. */
  async actives(): Promise<string[]> {
    const members = await this.members();
    const active = members.filter(({ code, state }) => state === 'active' && code !== this.code);
    return active.map(({ code }) => code).sort();
  }

  async #anyone(): Promise<string> {
    for (const member of Object.keys(this.endpoints.nodes)) {
      if (member === this.code) continue;
      const token = await this.token(member, 'admin').catch(() => null);
      if (token === null) continue;
      try {
        await request('GET', `${this.endpoints.registry}/v1/members?limit=1`, { token });
        return member;
      } catch (error) {
        if (!(error instanceof Refused && error.status === 401)) throw error;
      }
    }
    throw new Error(`No member that the registry knows has an issuer in ${this.home.dir}.`);
  }

  /** What the registry holds for its events: the newcomer may have registered it itself, and keep the other half for itself. */
  async registeredKeys(): Promise<readonly RegisteredKey[]> {
    const token = await this.token(await this.#anyone(), 'admin');
    const url = `${this.endpoints.registry}/v1/members/${this.code}`;
    return (await request<{ signingKeys: RegisteredKey[] }>('GET', url, { token })).signingKeys;
  }

  /** What it registers: its issuer, and the key that signs its events, with the proof that it holds it. */
  async keys(): Promise<object> {
    const { issuer, jwks, jwksUri } = this.file?.issuer === undefined ? await this.#builtIn() : this.file;
    const { kid, publicJwk, privateJwk } = this.signingKey();
    const claim = new TextEncoder().encode(JSON.stringify({ member: this.code, issuer, kid }));
    const proof = await new CompactSign(claim)
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(await importJWK({ ...privateJwk }, 'EdDSA'));
    const { kty, crv, x } = publicJwk;
    return { issuer, ...(jwks && { jwks }), ...(jwksUri && { jwksUri }), signingKey: { kty, crv, x, kid }, proof };
  }

  signingKey(): SigningKey {
    const file = this.file?.signingKeyFile;
    if (file === undefined) return ensureSigningKey(this.home, this.code);
    return JSON.parse(readFileSync(file, 'utf8')) as SigningKey;
  }

  async #builtIn() {
    const { issuer, jwks, jwksUri } = await ensureIssuer(this.home, this.code);
    return { issuer, jwks, jwksUri };
  }
}
