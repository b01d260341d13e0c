import type { Classification, Role } from '#contracts';

/** Who asks, as the verified token says. */
export interface Principal {
  /** The member whose registered issuer signed the token; null for the task force's operator. */
  member: string | null;
  user: string;
  roles: readonly Role[];
  clearance: Classification;
}

/** A caller that speaks for a member: any principal but the operator. */
export interface MemberPrincipal extends Principal {
  member: string;
}

export interface Issuer {
  issuer: string;
  /** Null: the task force's own issuer, whose tokens have the role operator and no other. */
  member: string | null;
  /** Its keys; or, instead, where it publishes them. */
  jwks?: { keys: object[] } | undefined;
  jwksUri?: string | undefined;
}

/** The issuers that this app trusts now. The same object must come back while nothing changed: it keys the cache. */
export interface IssuerDirectory {
  find(issuer: string): Issuer | undefined;
  /** Where keys may be fetched over plain http. By default from this machine. */
  readonly httpHosts?: readonly string[];
}

/** A directory that never changes. */
export const fixedIssuers = (issuers: readonly Issuer[], httpHosts?: readonly string[]): IssuerDirectory => {
  const byName = new Map(issuers.map((issuer) => [issuer.issuer, issuer]));
  return { find: (issuer) => byName.get(issuer), ...(httpHosts && { httpHosts }) };
};
