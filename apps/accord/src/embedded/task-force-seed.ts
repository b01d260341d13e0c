import type { Founder } from '../../../registry/src/index.ts';
import { readSeed } from '../seed/scenario.ts';
import type { Credentials } from './credentials.ts';

export interface MemberSeed {
  code: string;
  name: string;
  contact: string;
}

export interface MembersSeed {
  founders: MemberSeed[];
  proposed: { by: string; body: MemberSeed }[];
}

export interface AgreementsSeed {
  agreements: { ref: string; draftedBy: string; body: object; signedBy: string[] }[];
}

export const readMembers = (root: string): MembersSeed => readSeed<MembersSeed>(root, 'members.json');
export const readAgreements = (root: string): AgreementsSeed => readSeed<AgreementsSeed>(root, 'agreements.json');

/** All members that get a node, in the order of their ports. */
export const codesOf = (seed: MembersSeed): string[] => [
  ...seed.founders.map((member) => member.code),
  ...seed.proposed.map((proposal) => proposal.body.code),
];

/** The founders as the registry takes them: with their issuers and signing keys. */
export const foundersOf = (seeds: readonly MemberSeed[], { members }: Credentials): Founder[] =>
  seeds.map((seed) => {
    const found = members.find((member) => member.code === seed.code);
    if (!found) throw new Error(`${seed.code} is a founder without keys.`);
    const { signingKey } = found;
    const { issuer, jwks, jwksUri } = found.issuer;
    const signingKeys = [{ kid: signingKey.kid, jwk: { ...signingKey.publicJwk }, from: 1, until: null }];
    return { ...seed, issuer, jwks: jwks as Founder['jwks'], jwksUri, signingKeys };
  });
