import { compactVerify, importJWK } from 'jose';
import { RuleBroken } from '#contracts';
import type { PublicKeyDto } from './register-keys.dto.ts';

/** What a member signs with the key that it registers. */
export interface Proof {
  member: string;
  issuer: string;
  kid: string;
}

/** Checks that whoever registers a key holds it, for this member and issuer. Throws RuleBroken `key.proof-invalid`. */
export async function checkProof(proof: string, key: PublicKeyDto, claimed: Proof): Promise<void> {
  try {
    const { payload } = await compactVerify(proof, await importJWK({ ...key }, 'EdDSA'), { algorithms: ['EdDSA'] });
    const said = JSON.parse(new TextDecoder().decode(payload)) as Partial<Proof> | null;
    if (said?.member === claimed.member && said.issuer === claimed.issuer && said.kid === claimed.kid) return;
  } catch {
    // Not a signature, not by this key, or not JSON: one answer for all.
  }
  const message = 'The proof must be signed by the signing key, over the member, its issuer and the key id.';
  throw new RuleBroken('key.proof-invalid', [{ path: '/proof', rule: 'proof', message }]);
}
