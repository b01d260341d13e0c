export const MEMBERS_SOURCE = '/registry/members';
export const AGREEMENTS_SOURCE = '/registry/agreements';
/** In the order in which they are followed first. */
export const REGISTRY_SOURCES = [MEMBERS_SOURCE, AGREEMENTS_SOURCE] as const;

export const sourceOf = (member: string): string => `/members/${member}`;

/** The member whose source this is; null for the registry's. */
export function memberOf(source: string): string | null {
  return /^\/members\/([A-Z]{2})$/.exec(source)?.[1] ?? null;
}
