import { decodeJwt, errors, jwtVerify, type JWTPayload } from 'jose';
import { CLASSIFICATIONS, failureOf, ROLES, Unauthenticated, type Classification, type Role } from '#contracts';
import type { Logger } from '../ops/logger.ts';
import { fixedKeys, RemoteKeys, type Keys, type KeySet } from './key-set.ts';
import { isTrustedUrl, LOOPBACK_HOSTS } from './key-uri.ts';
import type { Issuer, IssuerDirectory, Principal } from './principal.ts';

const CLOCK_SKEW_SECONDS = 30;
const CACHED_TOKENS = 10_000;

interface Cached {
  principal: Principal;
  issuer: Issuer;
  keys: Keys;
  /** Seconds since the epoch. */
  notBefore: number;
  expires: number;
}

interface Checked {
  payload: JWTPayload;
  keys: Keys;
}

/**
 * Verifies bearer tokens: signature by a key of the issuer that the directory holds for `iss` (EdDSA only), `aud` accord,
 * `exp` and `nbf` with 30 s of skew. A verified token is kept until it expires, or its issuer or that one's keys change.
 * Where an issuer's keys can't be had its tokens are refused.
 */
export class TokenVerifier {
  private readonly cache = new Map<string, Cached>();
  private readonly keySets = new WeakMap<Issuer, KeySet>();

  constructor(
    private readonly issuers: IssuerDirectory,
    private readonly now: () => number = Date.now,
    private readonly log?: Pick<Logger, 'warn'>,
  ) {}

  /** Throws Unauthenticated, saying which check failed but nothing of the token. */
  async verify(token: string): Promise<Principal> {
    return this.known(token) ?? (await this.remembered(token)) ?? (await this.verifyNew(token));
  }

  /** Of a token that was verified and is still good, without waiting; undefined where `verify` has to be asked. */
  known(token: string): Principal | undefined {
    const known = this.cache.get(token);
    if (!known || !this.isTimely(known) || this.issuers.find(known.issuer.issuer) !== known.issuer) return undefined;
    return this.keysOf(known.issuer).fresh() === known.keys ? known.principal : undefined;
  }

  private async remembered(token: string): Promise<Principal | undefined> {
    const known = this.cache.get(token);
    if (!known) return undefined;
    if (this.isTimely(known) && (await this.isBy(known))) return known.principal;
    this.cache.delete(token);
    return undefined;
  }

  private isTimely({ notBefore, expires }: Cached): boolean {
    const seconds = this.now() / 1000;
    return seconds < expires + CLOCK_SKEW_SECONDS && seconds >= notBefore - CLOCK_SKEW_SECONDS;
  }

  /** Whether the issuer and its keys are what they were. */
  private async isBy({ issuer, keys }: Cached): Promise<boolean> {
    const same = () => this.issuers.find(issuer.issuer) === issuer;
    return same() && (await this.keysOf(issuer).current()) === keys && same();
  }

  private async verifyNew(token: string): Promise<Principal> {
    const issuer = this.issuerOf(token);
    const { payload, keys } = await this.checkBy(this.keysOf(issuer), token, issuer);
    const principal = principalOf(payload, issuer);
    this.remember(token, { principal, issuer, keys, notBefore: payload.nbf ?? 0, expires: payload.exp ?? 0 });
    return principal;
  }

  private remember(token: string, known: Cached): void {
    // The one that has been there longest makes room.
    for (const oldest of this.cache.keys()) {
      if (this.cache.size < CACHED_TOKENS) break;
      this.cache.delete(oldest);
    }
    this.cache.set(token, known);
  }

  private issuerOf(token: string): Issuer {
    let iss: string | undefined;
    try {
      iss = decodeJwt(token).iss;
    } catch {
      throw new Unauthenticated('The token is not a JWT.');
    }
    const issuer = iss === undefined ? undefined : this.issuers.find(iss);
    if (!issuer) throw new Unauthenticated('The token is not from an issuer that is accepted here.');
    return issuer;
  }

  private keysOf(issuer: Issuer): KeySet {
    const known = this.keySets.get(issuer);
    if (known) return known;
    const keys = this.newKeysOf(issuer);
    this.keySets.set(issuer, keys);
    return keys;
  }

  private newKeysOf({ issuer, jwks, jwksUri }: Issuer): KeySet {
    if (jwksUri === undefined || !isTrustedUrl(jwksUri, this.issuers.httpHosts ?? LOOPBACK_HOSTS)) {
      return fixedKeys(jwks ?? { keys: [] });
    }
    const warn = (error: unknown) =>
      this.log?.warn({ issuer, failure: failureOf(error) }, 'the keys of an issuer cannot be fetched');
    return new RemoteKeys(jwksUri, { now: this.now, warn });
  }

  /** Looks for new keys before it refuses a token for being by none that are known. */
  private async checkBy(set: KeySet, token: string, issuer: Issuer): Promise<Checked> {
    const checked =
      (await this.check(token, await set.current(), issuer)) ?? (await this.check(token, await set.again(), issuer));
    if (!checked) throw new Unauthenticated('The token is by no key of its issuer that can be had now.');
    return checked;
  }

  /** Undefined where the token's key is not among these. */
  private async check(token: string, keys: Keys | null, issuer: Issuer): Promise<Checked | undefined> {
    if (keys === null) return undefined;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: issuer.issuer,
        audience: 'accord',
        algorithms: ['EdDSA'],
        requiredClaims: ['sub', 'exp'],
        clockTolerance: CLOCK_SKEW_SECONDS,
        currentDate: new Date(this.now()),
      });
      return { payload, keys };
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return undefined;
      throw new Unauthenticated(reasonOf(error));
    }
  }
}

const reasonOf = (error: unknown): string => {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) return `The token's claim "${error.claim}" is not acceptable.`;
  return "The token's signature is not valid.";
};

/** Logs say who asked: a name that is empty, or that no store keeps, is none. */
const SUBJECT = /^(?=.*\S)[^\p{Cc}\p{Cs}]{1,200}$/u;

const principalOf = (payload: JWTPayload, issuer: Issuer): Principal => {
  if (typeof payload.sub !== 'string' || !SUBJECT.test(payload.sub)) {
    throw new Unauthenticated('The token\'s claim "sub" is not acceptable.');
  }
  const claimed = Array.isArray(payload['roles']) ? payload['roles'] : [];
  // An issuer of a member can't make an operator, nor the task force's issuer anything else.
  const roles = ROLES.filter(
    (role: Role) => claimed.includes(role) && (role === 'operator') === (issuer.member === null),
  );
  const clearance = CLASSIFICATIONS.find((c: Classification) => c === payload['clearance']) ?? 'OFFICIAL';
  return { member: issuer.member, user: payload.sub, roles, clearance };
};
