import { defineEvent } from '../definition.ts';
import * as contents from './contents.ts';

export * from './contents.ts';

const ofReturn = '01980000-0000-7000-8000-0000000000d1';
const hub = '01980000-0000-7000-8000-0000000000d2';
const encounter = '01980000-0000-7000-8000-0000000000d3';

const opened: contents.ReturnContent = {
  person: {
    id: 'GB:01980000-0000-7000-8000-000000000001',
    schema: 'Person',
    properties: { name: ['Agim Provë'], birthDate: ['1990-03-02'], nationality: ['al'] },
  },
  returnTo: 'AL',
  evidence: 'A copy of a birth certificate.',
  stage: 'opened',
  openedAt: '2026-01-01T09:00:00.000Z',
};
const requested: contents.ReturnContent = {
  ...opened,
  stage: 'documents-requested',
  requestedAt: '2026-01-02T09:00:00.000Z',
};
const scheduled: contents.ReturnContent = {
  ...requested,
  stage: 'return-scheduled',
  scheduledFor: '2026-01-10T08:00:00Z',
};
const returned: contents.ReturnContent = { ...scheduled, stage: 'returned', returnedAt: '2026-01-10T12:00:00Z' };

/** A step of a return: its type says which, its content is the whole return. */
const step = <const Type extends string>(type: Type, example: contents.ReturnContent) =>
  defineEvent({ type, carries: 'sealed', schema: contents.ReturnContent, example });

/** Said when it is released, and released anew, whatever it has come to. */
export const returnOpened = step('accord.returns.return-opened.v1', opened);
export const documentsRequested = step('accord.returns.documents-requested.v1', requested);
export const returnScheduled = step('accord.returns.return-scheduled.v1', scheduled);
export const returnCompleted = step('accord.returns.return-completed.v1', returned);
export const personTransferred = step('accord.returns.person-transferred.v1', {
  ...scheduled,
  stage: 'transferred-to-hub',
  transferredAt: '2026-01-10T12:00:00Z',
  hub,
});
export const personAbsconded = step('accord.returns.person-absconded.v1', {
  ...scheduled,
  stage: 'absconded',
  abscondedAt: '2026-01-09T20:00:00Z',
});
export const returnClosed = step('accord.returns.return-closed.v1', {
  ...returned,
  stage: 'closed',
  closedAt: '2026-02-10T09:00:00.000Z',
});

/** Records of the state of return: its answers to a request. The last one of that state stands. */
export const travelDocumentIssued = defineEvent({
  type: 'accord.returns.travel-document-issued.v1',
  carries: 'sealed',
  schema: contents.TravelDocumentContent,
  example: { return: ofReturn, number: 'ETD0001', type: 'emergency-travel-document', validTo: '2026-02-01' },
});
export const travelDocumentRefused = defineEvent({
  type: 'accord.returns.travel-document-refused.v1',
  carries: 'sealed',
  schema: contents.TravelDocumentRefusalContent,
  example: { return: ofReturn, reason: 'The person is not in the register of citizens.' },
});

export const encounterRecorded = defineEvent({
  type: 'accord.returns.encounter-recorded.v1',
  carries: 'sealed',
  schema: contents.EncounterContent,
  example: { person: opened.person, at: '2026-03-01T04:30:00Z', place: 'Dover' },
});

export const reEntryConfirmed = defineEvent({
  type: 'accord.returns.re-entry-confirmed.v1',
  carries: 'sealed',
  schema: contents.ReEntryContent,
  example: { return: ofReturn, encounter },
});
export const reEntryDismissed = defineEvent({
  type: 'accord.returns.re-entry-dismissed.v1',
  carries: 'sealed',
  schema: contents.ReEntryContent,
  example: { return: ofReturn, encounter },
});

const proposed: contents.HubTalksContent = { country: 'RS', stage: 'proposed' };
const talks = <const Type extends string>(type: Type, example: contents.HubTalksContent) =>
  defineEvent({ type, carries: 'sealed', schema: contents.HubTalksContent, example });

/** Said when they are released, and released anew, whatever they have come to. */
export const hubTalksProposed = talks('accord.returns.hub-talks-proposed.v1', proposed);
export const hubTalksStarted = talks('accord.returns.hub-talks-started.v1', { ...proposed, stage: 'in-talks' });
export const hubTalksAgreed = talks('accord.returns.hub-talks-agreed.v1', { ...proposed, stage: 'agreed', places: 50 });
export const hubTalksDeclined = talks('accord.returns.hub-talks-declined.v1', { ...proposed, stage: 'declined' });
