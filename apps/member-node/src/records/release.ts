import type { AccessAttributes, Category, Classification, HandlingCode, Purpose, Shield } from '#contracts';

/** An audience as it stood when the originator resolved it. */
export interface Audience {
  members: readonly string[];
  taskForce: boolean;
  /** Of /registry/members, from which the members were read. */
  registrySequence: number;
}

/** To whom and for what a record is released. */
export interface Release {
  audience: Audience;
  purposes: readonly Purpose[];
  notBefore: string | null;
  /** When it was first released, RFC 3339. */
  releasedAt: string;
}

/** How a record must be handled, whoever holds it. */
export interface Handling {
  category: Category;
  classification: Classification;
  handlingCodes: readonly HandlingCode[];
  /** YYYY-MM-DD: expired from its first instant, UTC. */
  reviewBy: string;
}

/** What leaves the country as one integration event; the shield is sealed with the content. */
export interface Publication {
  type: string;
  record: string;
  recordVersion?: number;
  access?: AccessAttributes;
  shield?: Shield;
  content?: object;
}

/** The attributes of the access rule, as they travel in the clear. */
export const accessOf = (release: Release, handling: Handling): AccessAttributes => ({
  category: handling.category,
  purposes: [...release.purposes],
  audience: [...release.audience.members],
  taskforce: release.audience.taskForce,
  registrysequence: release.audience.registrySequence,
  classification: handling.classification,
  handlingcodes: [...handling.handlingCodes],
  releasedat: release.releasedAt,
  ...(release.notBefore === null ? {} : { notbefore: release.notBefore }),
  reviewby: handling.reviewBy,
});

/** What every kind of record says of its own end; and, with a shield, of whom it is kept from. */
export const ending = (type: string, record: string): Publication => ({ type: `accord.records.${type}.v1`, record });
