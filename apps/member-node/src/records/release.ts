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

/** A member that is to see what was released to the whole task force before it joined. */
export interface Backfill {
  member: string;
  /** RFC 3339: of what was first released at this time or later; null: of everything. */
  since: string | null;
  /** Of /registry/members, from which the member was known. */
  registrySequence: number;
}

/** The audience with the newcomer among it; null where the release is not for it, or is already. */
export const backfilled = ({ audience, releasedAt }: Release, backfill: Backfill): Audience | null => {
  const { member, since, registrySequence } = backfill;
  if (!audience.taskForce || audience.members.includes(member)) return null;
  if (since !== null && Date.parse(releasedAt) < Date.parse(since)) return null;
  return { members: [...audience.members, member].sort(), taskForce: true, registrySequence };
};

/** Who may see a record from now on; its readers notice nothing. */
export const extension = (record: string, release: Release, handling: Handling): Publication => ({
  type: 'accord.records.audience-extended.v1',
  record,
  access: accessOf(release, handling),
});

/** What every kind of record says of its own end; and, with a shield, of whom it is kept from. */
export const ending = (type: string, record: string): Publication => ({ type: `accord.records.${type}.v1`, record });
