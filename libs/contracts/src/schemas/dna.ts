import { Type, type Static } from '@sinclair/typebox';
import * as f from './fields.ts';
import { systemBody } from './systems.ts';

export const PROFILE_KINDS = ['reference', 'trace'] as const;

/** What a laboratory wrote for an allele: a number, or why there is none. */
const value = Type.String({ minLength: 1, maxLength: 10, description: 'an allele, as "9.3", or what stands for none' });
const MOST_VALUES = 10;
const values = Type.Array(value, { maxItems: MOST_VALUES });

/** POST /v1/dna/profiles. How many values a locus may have, and which, are rules of the domain. */
export const DnaProfileBody = systemBody({
  /** Unique in the member; it is what another member is told of a hit. */
  reference: f.externalId,
  kind: f.oneOf(PROFILE_KINDS),
  loci: Type.Record(Type.String({ minLength: 1, maxLength: 20 }), values, { maxProperties: 60 }),
  amelogenin: Type.Optional(values),
  /** Where the person, whom nobody names, has an asylum or protection claim: shields, and never leaves the node. */
  protection: Type.Optional(
    Type.Object(
      {
        nationality: Type.Optional(Type.Array(f.countryCode, { maxItems: 10, uniqueItems: true })),
        habitualResidence: Type.Optional(Type.Array(f.countryCode, { maxItems: 10, uniqueItems: true })),
        persecutors: Type.Optional(Type.Array(f.countryCode, { maxItems: 10, uniqueItems: true })),
      },
      f.strict,
    ),
  ),
});
export type DnaProfileBody = Static<typeof DnaProfileBody>;

/** POST …/dna/hits/{id}/dismiss, …/refuse-data */
export const HitReasonBody = Type.Object({ reason: f.reason }, f.strict);
export type HitReasonBody = Static<typeof HitReasonBody>;

/** POST …/dna/hits/{id}/send-data: the core data that were asked for. */
export const CoreDataBody = Type.Object(
  {
    offence: Type.Optional(f.text(300)),
    facts: Type.Optional(f.text(4000)),
    person: Type.Optional(f.properties),
    contact: Type.Optional(f.text(300)),
  },
  { ...f.strict, minProperties: 1 },
);
export type CoreDataBody = Static<typeof CoreDataBody>;
