import { defineEvent } from '../definition.ts';
import { AgreementData, AmendmentData, exampleAgreement } from './agreement-data.ts';

/** Every event of an agreement tells the whole agreement after it. */
const agreement = <const Type extends string>(type: Type, example: AgreementData) =>
  defineEvent({ type, carries: 'clear', schema: AgreementData, example });

const inForce: AgreementData = {
  ...exampleAgreement,
  by: 'XK',
  state: 'in-force',
  inForceSince: '2025-05-16T09:00:00Z',
  signedBy: ['GB', 'AL', 'XK'],
};

export const agreementDrafted = agreement('accord.registry.agreement-drafted.v1', exampleAgreement);
export const agreementSigned = agreement('accord.registry.agreement-signed.v1', {
  ...exampleAgreement,
  signedBy: ['GB'],
});
export const agreementEnteredIntoForce = agreement('accord.registry.agreement-entered-into-force.v1', inForce);
export const agreementSuspended = agreement('accord.registry.agreement-suspended.v1', {
  ...inForce,
  by: 'AL',
  state: 'suspended',
  suspendedBy: 'AL',
  reason: 'Under review',
});
export const agreementResumed = agreement('accord.registry.agreement-resumed.v1', { ...inForce, by: 'AL' });
export const agreementTerminated = agreement('accord.registry.agreement-terminated.v1', {
  ...inForce,
  by: 'GB',
  state: 'terminated',
});

/** Until the last party has signed new terms, the events tell the old ones as those that hold. */
const amendment = <const Type extends string>(type: Type, example: AmendmentData) =>
  defineEvent({ type, carries: 'clear', schema: AmendmentData, example });

const waiting: AmendmentData = {
  ...inForce,
  by: 'AL',
  revision: 1,
  amendment: {
    title: 'Tirana arrangement',
    categories: ['intelligence', 'operation', 'document'],
    purposes: ['people-smuggling', 'document-fraud'],
    validFrom: '2025-05-15T00:00:00Z',
    validTo: '2030-05-15T00:00:00Z',
    onward: false,
    revision: 2,
    signedBy: ['AL'],
  },
};

export const agreementAmendmentProposed = amendment('accord.registry.agreement-amendment-proposed.v1', {
  ...waiting,
  amendment: { ...waiting.amendment!, signedBy: [] },
  reason: 'Documents too',
});
export const agreementAmendmentSigned = amendment('accord.registry.agreement-amendment-signed.v1', waiting);
export const agreementAmended = amendment('accord.registry.agreement-amended.v1', {
  ...inForce,
  by: 'XK',
  categories: ['intelligence', 'operation', 'document'],
  purposes: ['people-smuggling', 'document-fraud'],
  validTo: '2030-05-15T00:00:00Z',
  signedBy: ['GB', 'AL', 'XK'],
  revision: 2,
  amendment: null,
});
export const agreementAmendmentDeclined = amendment('accord.registry.agreement-amendment-declined.v1', {
  ...inForce,
  by: 'GB',
  revision: 1,
  amendment: null,
  reason: 'Not before the review',
});
