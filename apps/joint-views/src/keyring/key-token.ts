import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { Unauthenticated, type PublicJwk } from '#contracts';
import type { Clock } from '#platform';
import type { Copy } from '../intake/copy.ts';
import { memberOf } from '../intake/sources.ts';

const AUDIENCE = 'accord-keys';
/** A stolen one is of little use. */
const LONGEST_SECONDS = 600;
const CLOCK_SKEW_SECONDS = 30;

/** Verifies that a node speaks for its member: a short-lived JWT signed with the key that signs the member's events. */
export class KeyTokens {
  constructor(
    private readonly copy: Copy,
    private readonly clock: Clock,
  ) {}

  /** The member. Throws Unauthenticated. */
  async verify(authorization: string | undefined): Promise<string> {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (!token) throw new Unauthenticated('A bearer token is needed.');
    const { member, kid } = claimed(token);
    const key = (await this.copy.signingKeys(member)).find((one) => one.kid === kid && one.until === null);
    if (!key) throw new Unauthenticated('The token is not signed with a key that is registered.');
    await this.#check(token, key.jwk, `/members/${member}`);
    return member;
  }

  async #check(token: string, jwk: PublicJwk, issuer: string): Promise<void> {
    try {
      await jwtVerify(token, await importJWK({ ...jwk }, 'EdDSA'), {
        issuer,
        audience: AUDIENCE,
        algorithms: ['EdDSA'],
        requiredClaims: ['exp', 'iat'],
        maxTokenAge: LONGEST_SECONDS,
        clockTolerance: CLOCK_SKEW_SECONDS,
        currentDate: new Date(this.clock.now()),
      });
    } catch {
      throw new Unauthenticated('The token is not valid here and now.');
    }
  }
}

function claimed(token: string): { member: string; kid: string } {
  try {
    const member = memberOf(decodeJwt(token).iss ?? '');
    const { kid } = decodeProtectedHeader(token);
    if (member !== null && kid !== undefined) return { member, kid };
  } catch {
    // Told below.
  }
  throw new Unauthenticated('The token is not a JWT of a member.');
}
