import { Type, type Static } from '@sinclair/typebox';
import * as f from './fields.ts';

const countries = Type.Array(f.countryCode, { minItems: 1, maxItems: 50, uniqueItems: true });

/** A claim for asylum or protection: that there is one, or also where the person lived and who is said to persecute. */
export const ProtectionClaim = Type.Union(
  [
    Type.Literal(true),
    Type.Object({ habitualResidence: Type.Optional(countries), persecutors: Type.Optional(countries) }, f.strict),
  ],
  { description: 'true, or { habitualResidence, persecutors } with country codes' },
);
export type ProtectionClaim = Static<typeof ProtectionClaim>;

/** An entity as a caller says it: its id is local to the report, or a global one that the member has used before. */
export const EntityInput = Type.Object(
  {
    id: f.text(100),
    schema: f.text(50),
    properties: Type.Optional(f.properties),
    assertion: f.assertion,
    subjectCategory: Type.Optional(f.subjectCategory),
    protectionClaim: Type.Optional(ProtectionClaim),
  },
  f.strict,
);
export type EntityInput = Static<typeof EntityInput>;

const entities = Type.Array(EntityInput, { maxItems: 500 });

/** A poorer rendition with a wider audience, a record of its own. It inherits everything else, the shield above all. */
export const TearLineBody = Type.Object({ title: f.title, entities, audience: f.audience }, f.strict);
export type TearLineBody = Static<typeof TearLineBody>;

/** POST /v1/reports/{id}/release */
export const ReleaseBody = Type.Object(
  {
    audience: f.audience,
    purposes: f.purposes,
    notBefore: Type.Optional(f.instant),
    tearLine: Type.Optional(TearLineBody),
  },
  f.strict,
);
export type ReleaseBody = Static<typeof ReleaseBody>;

const handling = {
  category: f.category,
  classification: f.classification,
  grading: f.looseGrading,
  handlingCodes: f.handlingCodes,
  legalBasis: f.legalBasis,
  reviewBy: f.date,
};

/** POST /v1/reports, and a line of POST /v1/reports:batch */
export const ReportBody = Type.Object(
  {
    externalId: Type.Optional(f.externalId),
    title: f.title,
    ...handling,
    handlingText: Type.Optional(f.handlingText),
    entities,
    release: Type.Optional(ReleaseBody),
  },
  f.strict,
);
export type ReportBody = Static<typeof ReportBody>;

/** POST /v1/reports/{id}/amend: what is given replaces what stood. */
export const AmendBody = Type.Object(
  {
    ...Type.Partial(Type.Object({ title: f.title, ...handling, handlingText: f.handlingText, entities })).properties,
    reason: f.reason,
  },
  { ...f.strict, minProperties: 2, description: 'an amendment: a reason, and at least one field that changes' },
);
export type AmendBody = Static<typeof AmendBody>;

/** POST …/recall, …/erase */
export const ReasonBody = Type.Object({ reason: f.reason }, f.strict);
export type ReasonBody = Static<typeof ReasonBody>;

/** POST /v1/backfills: an originator's choice for a new member. `since` is when a record was first released. */
export const BackfillBody = Type.Object(
  {
    member: f.memberCode,
    since: Type.Union([Type.Literal('all'), Type.Literal('none'), f.date, f.instant], {
      description: '"all", "none", or a date or time of RFC 3339',
    }),
  },
  f.strict,
);
export type BackfillBody = Static<typeof BackfillBody>;
