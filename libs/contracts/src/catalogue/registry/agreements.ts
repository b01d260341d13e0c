import { defineEvent } from '../definition.ts';
import { AgreementData, exampleAgreement } from './agreement-data.ts';

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
