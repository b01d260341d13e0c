import { createLocalJWKSet, decodeJwt, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { CLASSIFICATIONS, ROLES, Unauthenticated, type Classification, type Role } from '#contracts';
import type { Issuer, IssuerDirectory, Principal } from './principal.ts';

const CLOCK_SKEW_SECONDS = 30;
const CACHED_TOKENS = 10_000;

interface Cached {
  principal: Principal;
  issuer: Issuer;
  /** Seconds since the epoch. */
  notBefore: number;
  expires: number;
}

/**
 * Verifies bearer tokens: signature by the issuer that the directory holds for `iss` (EdDSA only), `aud` accord, `exp`
 * and `nbf` with 30 s of skew. A verified token is kept until it expires or its issuer changes.
 */
export class TokenVerifier {
  private readonly cache = new Map<string, Cached>();
  private readonly keySets = new WeakMap<Issuer, ReturnType<typeof createLocalJWKSet>>();

  constructor(
    private readonly issuers: IssuerDirectory,
    private readonly now: () => number = Date.now,
  ) {}

  /** Throws Unauthenticated, saying which check failed but nothing of the token. */
  async verify(token: string): Promise<Principal> {
    return this.remembered(token) ?? (await this.verifyNew(token));
  }

  private remembered(token: string): Principal | undefined {
    const known = this.cache.get(token);
    if (!known) return undefined;
    const seconds = this.now() / 1000;
    const lives = seconds < known.expires + CLOCK_SKEW_SECONDS && seconds >= known.notBefore - CLOCK_SKEW_SECONDS;
    if (lives && this.issuers.find(known.issuer.issuer) === known.issuer) return known.principal;
    this.cache.delete(token);
    return undefined;
  }

  private async verifyNew(token: string): Promise<Principal> {
    const issuer = this.issuerOf(token);
    const payload = await this.check(token, issuer);
    const principal = principalOf(payload, issuer);
    if (this.cache.size >= CACHED_TOKENS) this.cache.clear();
    this.cache.set(token, { principal, issuer, notBefore: payload.nbf ?? 0, expires: payload.exp ?? 0 });
    return principal;
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

  private async check(token: string, issuer: Issuer): Promise<JWTPayload> {
    let keys = this.keySets.get(issuer);
    if (!keys) {
      keys = createLocalJWKSet(issuer.jwks as JSONWebKeySet);
      this.keySets.set(issuer, keys);
    }
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: issuer.issuer,
        audience: 'accord',
        algorithms: ['EdDSA'],
        requiredClaims: ['sub', 'exp'],
        clockTolerance: CLOCK_SKEW_SECONDS,
        currentDate: new Date(this.now()),
      });
      return payload;
    } catch (error) {
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
