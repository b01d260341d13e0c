import type { Static } from '@sinclair/typebox';
import * as assistance from './assistance/index.ts';
import * as dna from './dna/index.ts';
import * as documents from './documents/index.ts';
import * as crossings from './crossings/index.ts';
import * as intelligence from './intelligence/index.ts';
import { Catalogue, type ReadContent } from './lookup.ts';
import * as operations from './operations/index.ts';
import * as permissions from './permissions/index.ts';
import * as records from './records/index.ts';
import * as registry from './registry/index.ts';
import * as returns from './returns/index.ts';

/** Every integration event, one a line. A new one is a file in its module's folder, and a line here. */
export const EVENTS = [
  intelligence.reportReleased,
  intelligence.reportAmended,
  operations.operationPlanned,
  operations.operationApproved,
  operations.operationLaunched,
  operations.operationConcluded,
  operations.arrestsMade,
  operations.seizureMade,
  operations.peopleRescued,
  documents.alertReleased,
  documents.alertWithdrawn,
  records.recordRecalled,
  records.recordExpired,
  records.recordErased,
  records.recordReshielded,
  records.audienceExtended,
  records.noticeAcknowledged,
  permissions.permissionRequested,
  permissions.permissionGranted,
  permissions.permissionRefused,
  permissions.permissionWithdrawn,
  assistance.assistanceReleased,
  assistance.assistanceDelivered,
  assistance.assistanceDrawn,
  assistance.assistancePutInUse,
  assistance.assistanceRetired,
  dna.profileReleased,
  dna.hitConfirmed,
  dna.hitDismissed,
  dna.dataRequested,
  dna.dataSent,
  dna.dataRefused,
  returns.returnOpened,
  returns.documentsRequested,
  returns.returnScheduled,
  returns.returnCompleted,
  returns.personTransferred,
  returns.personAbsconded,
  returns.returnClosed,
  returns.travelDocumentIssued,
  returns.travelDocumentRefused,
  returns.encounterRecorded,
  returns.reEntryConfirmed,
  returns.reEntryDismissed,
  returns.hubTalksProposed,
  returns.hubTalksStarted,
  returns.hubTalksAgreed,
  returns.hubTalksDeclined,
  crossings.crossingReported,
  crossings.crossingCorrected,
  registry.memberFounded,
  registry.memberProposed,
  registry.memberApprovalGiven,
  registry.memberApproved,
  registry.memberKeysRegistered,
  registry.memberKeyRevoked,
  registry.memberKeyRevocationCalled,
  registry.memberConformancePassed,
  registry.memberActivated,
  registry.memberSuspensionCalled,
  registry.memberSuspended,
  registry.memberReinstatementCalled,
  registry.memberReinstated,
  registry.memberWithdrawn,
  registry.agreementDrafted,
  registry.agreementSigned,
  registry.agreementEnteredIntoForce,
  registry.agreementAmendmentProposed,
  registry.agreementAmendmentSigned,
  registry.agreementAmended,
  registry.agreementAmendmentDeclined,
  registry.agreementSuspended,
  registry.agreementResumed,
  registry.agreementTerminated,
] as const;

type Definition = (typeof EVENTS)[number];
export type EventType = Definition['type'];
/** The content, or the clear data, of a type of event. */
export type ContentOf<T extends EventType> = Static<Extract<Definition, { type: T }>['schema']>;

export const catalogue = new Catalogue(EVENTS);

/** Checks what an event of the catalogue carries, and upcasts it. See Catalogue.read. */
export const readEvent = (type: string, payload: unknown): ReadContent => catalogue.read(type, payload);

/** The JSON Schemas of all events by `urn:accord:schema:<type>`. */
export const jsonSchemas = (): Record<string, object> => catalogue.jsonSchemas();

export { Catalogue, schemaUri, type ReadContent, type SealedContent } from './lookup.ts';
export { defineEvent, type EventDefinition } from './definition.ts';
export * from './assistance/contents.ts';
export * from './intelligence/report-content.ts';
export * from './documents/contents.ts';
export * from './operations/contents.ts';
export * from './dna/contents.ts';
export * from './returns/contents.ts';
export * from './crossings/contents.ts';
export type { AcknowledgementContent } from './records/index.ts';
export type {
  GrantContent,
  PermissionRequestContent,
  RefusalContent,
  WithdrawnRequestContent,
} from './permissions/index.ts';
export { AgreementData, AGREEMENT_STATES, MemberData, MEMBER_STATES } from './registry/index.ts';
