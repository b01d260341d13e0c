import { Type, type Static } from '@sinclair/typebox';
import * as f from './fields.ts';
import { systemBody } from './systems.ts';

/** Whether the person may still appeal: nobody is returned before that is decided. */
export const APPEALS = ['exhausted', 'pending'] as const;

/** How far a return has come by what the state that returns has said. */
export const RETURN_STAGES = [
  'opened',
  'documents-requested',
  'return-scheduled',
  'returned',
  'transferred-to-hub',
  'absconded',
  'closed',
] as const;
export type ReturnStage = (typeof RETURN_STAGES)[number];

export const HUB_TALKS_STAGES = ['proposed', 'in-talks', 'agreed', 'declined'] as const;
export type HubTalksStage = (typeof HUB_TALKS_STAGES)[number];

/** A country by its ISO 3166-1 code in capitals; XK is Kosovo. */
const country = Type.String({ pattern: '^[A-Z]{2}$', description: "a country's code: two capital letters" });
const place = f.text(300);

/** A person as FollowTheMoney describes one; `id` names somebody whom a record of this member has named before. */
export const PersonInput = Type.Object(
  { id: Type.Optional(f.entityIdField), schema: Type.Literal('Person'), properties: f.properties },
  f.strict,
);
export type PersonInput = Static<typeof PersonInput>;

/** What stands for fingerprints or a face where they are kept: the same reference means the same person. */
const biometricReference = f.text(200);

/** POST /v1/returns */
export const ReturnBody = systemBody({
  person: PersonInput,
  returnTo: country,
  appeals: f.oneOf(APPEALS),
  evidence: f.text(4000),
  biometricReference: Type.Optional(biometricReference),
});
export type ReturnBody = Static<typeof ReturnBody>;

/** POST /v1/returns/{id}/schedule, …/complete, …/abscond: when it is to be, or was. */
export const AtBody = Type.Object({ at: f.instant }, f.strict);
export type AtBody = Static<typeof AtBody>;

/** POST /v1/returns/{id}/transfer */
export const TransferBody = Type.Object({ hub: f.uuid, at: f.instant }, f.strict);
export type TransferBody = Static<typeof TransferBody>;

const documentNumber = Type.String({
  minLength: 1,
  maxLength: 50,
  pattern: '[\\p{L}\\p{N}]',
  description: 'a number with at least one letter or digit',
});

/** POST /v1/returns/{id}/issue-document, at the node of the state of return. */
export const IssueDocumentBody = Type.Object(
  { number: documentNumber, type: f.text(50), validTo: f.date, subjects: Type.Optional(f.entityIds) },
  f.strict,
);
export type IssueDocumentBody = Static<typeof IssueDocumentBody>;

/** POST /v1/returns/{id}/refuse-document, at the node of the state of return. */
export const RefuseDocumentBody = Type.Object({ reason: f.reason, subjects: Type.Optional(f.entityIds) }, f.strict);
export type RefuseDocumentBody = Static<typeof RefuseDocumentBody>;

/** POST /v1/encounters */
export const EncounterBody = systemBody({
  person: PersonInput,
  at: f.instant,
  place,
  asylumClaimed: Type.Boolean(),
  biometricReference: Type.Optional(biometricReference),
});
export type EncounterBody = Static<typeof EncounterBody>;

/** POST /v1/returns/{id}/confirm-re-entry, …/dismiss-re-entry: a person has looked at what was suggested. */
export const ReEntryBody = Type.Object({ encounter: f.uuid }, f.strict);
export type ReEntryBody = Static<typeof ReEntryBody>;

/** POST /v1/hub-talks */
export const HubTalksBody = systemBody({ country });
export type HubTalksBody = Static<typeof HubTalksBody>;

/** POST /v1/hub-talks/{id}/agree */
export const AgreeHubBody = Type.Object({ places: Type.Integer({ minimum: 1, maximum: 100_000 }) }, f.strict);
export type AgreeHubBody = Static<typeof AgreeHubBody>;
