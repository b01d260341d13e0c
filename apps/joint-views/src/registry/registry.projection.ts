import type { Row } from '../records/record.ts';

/** A registry event: its subject is a member's code or an agreement's id, its data what is so from now on. */
export interface RegistryEvent {
  type: string;
  subject: string;
  data: unknown;
}

/** What an event of /registry/members tells of the member after it. */
export interface MemberData {
  code: string;
  bit: number;
  name: string;
  contact: string;
  state: string;
  issuer: string | null;
  jwks: object | null;
  jwksUri?: string;
  signingKeys: { kid: string; jwk: object; from: number; until: number | null }[];
}

/** What an event of /registry/agreements tells of the agreement after it. */
export interface AgreementData {
  id: string;
  title: string;
  parties: string[];
  categories: string[];
  purposes: string[];
  validFrom: string;
  validTo: string | null;
  onward: boolean;
  state: string;
  inForceSince: string | null;
  signedBy: string[];
  suspendedBy: string | null;
}

const instant = (time: string | null): string | null => (time === null ? null : new Date(time).toISOString());

export function memberRow({ code, bit, name, contact, state, issuer, jwks, jwksUri, signingKeys }: MemberData): Row {
  return { code, bit, name, contact, state, issuer, jwks, jwks_uri: jwksUri ?? null, signing_keys: signingKeys };
}

export function agreementRow(data: AgreementData): Row {
  return {
    id: data.id,
    title: data.title,
    parties: data.parties,
    categories: data.categories,
    purposes: data.purposes,
    valid_from: instant(data.validFrom),
    valid_to: instant(data.validTo),
    onward: data.onward,
    state: data.state,
    in_force_since: instant(data.inForceSince),
    signed_by: data.signedBy,
    suspended_by: data.suspendedBy,
  };
}
