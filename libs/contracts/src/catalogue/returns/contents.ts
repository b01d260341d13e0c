import { Type, type Static } from '@sinclair/typebox';
import * as f from '../../schemas/fields.ts';
import {
  EncounterBody,
  HUB_TALKS_STAGES,
  HubTalksBody,
  IssueDocumentBody,
  RefuseDocumentBody,
  RETURN_STAGES,
  ReturnBody,
} from '../../schemas/returns.ts';
import { systemContent } from '../../schemas/systems.ts';

/** A person under the originator's global id. That it claimed protection is never part of it. */
const Person = Type.Object({ id: f.entityIdField, schema: Type.Literal('Person'), properties: f.properties }, f.strict);

/** A return, whole, as the state that returns has brought it: each of its events says all of it. */
export const ReturnContent = systemContent({
  person: Person,
  returnTo: ReturnBody.properties.returnTo,
  evidence: ReturnBody.properties.evidence,
  biometricReference: ReturnBody.properties.biometricReference,
  stage: f.oneOf(RETURN_STAGES),
  openedAt: f.instant,
  requestedAt: Type.Optional(f.instant),
  scheduledFor: Type.Optional(f.instant),
  returnedAt: Type.Optional(f.instant),
  transferredAt: Type.Optional(f.instant),
  hub: Type.Optional(f.uuid),
  abscondedAt: Type.Optional(f.instant),
  closedAt: Type.Optional(f.instant),
});
export type ReturnContent = Static<typeof ReturnContent>;

/** The return that the state of return speaks of, which is another member's, or not there at all. */
const ofReturn = { return: f.uuid };

/** `subjects`: whom the state of return knows by its own records; it shields the answer as that state's node says. */
export const TravelDocumentContent = Type.Object({ ...ofReturn, ...IssueDocumentBody.properties }, f.strict);
export type TravelDocumentContent = Static<typeof TravelDocumentContent>;
export const TravelDocumentRefusalContent = Type.Object({ ...ofReturn, ...RefuseDocumentBody.properties }, f.strict);
export type TravelDocumentRefusalContent = Static<typeof TravelDocumentRefusalContent>;

/** Somebody was met. Whether asylum was claimed never leaves the node: it is only felt in the shield. */
export const EncounterContent = systemContent({
  person: Person,
  at: EncounterBody.properties.at,
  place: EncounterBody.properties.place,
  biometricReference: EncounterBody.properties.biometricReference,
});
export type EncounterContent = Static<typeof EncounterContent>;

/** What a person made of a suggested re-entry: the return is its own member's, the encounter may be anybody's. */
export const ReEntryContent = Type.Object({ ...ofReturn, encounter: f.uuid }, f.strict);
export type ReEntryContent = Static<typeof ReEntryContent>;

/** Talks of a member with a country about a hub, whole. Once agreed, the hub has the talks' own id. */
export const HubTalksContent = systemContent({
  country: HubTalksBody.properties.country,
  stage: f.oneOf(HUB_TALKS_STAGES),
  places: Type.Optional(Type.Integer({ minimum: 1 })),
});
export type HubTalksContent = Static<typeof HubTalksContent>;
