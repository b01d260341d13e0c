import { defineEvent } from '../definition.ts';
import { exampleMember, MemberData } from './member-data.ts';

/** Every event of a member tells the whole member after it, so that a reader needs no rules of the registry's. */
const member = <const Type extends string>(type: Type, example: MemberData) =>
  defineEvent({ type, carries: 'clear', schema: MemberData, example });

const { proposed, keyed, attached } = exampleMember;

export const memberFounded = member('accord.registry.member-founded.v1', { ...keyed, by: null, state: 'active' });
export const memberProposed = member('accord.registry.member-proposed.v1', proposed);
export const memberApprovalGiven = member('accord.registry.member-approval-given.v1', proposed);
export const memberApproved = member('accord.registry.member-approved.v1', { ...proposed, state: 'approved' });
export const memberKeysRegistered = member('accord.registry.member-keys-registered.v1', {
  ...keyed,
  state: 'keys-registered',
});
export const memberKeyRevoked = member('accord.registry.member-key-revoked.v1', {
  ...keyed,
  state: 'active',
  kid: 'events-1',
  from: 812,
  signingKeys: keyed.signingKeys.map((key) => ({ ...key, until: 812 })),
});
export const memberKeyRevocationCalled = member('accord.registry.member-key-revocation-called.v1', {
  ...keyed,
  by: 'GB',
  state: 'withdrawn',
  kid: 'events-1',
  from: 812,
});
export const memberConformancePassed = member('accord.registry.member-conformance-passed.v1', {
  ...keyed,
  state: 'conformance-passed',
  run: '2026-01-01: 24 checks, 0 failed',
});
export const memberActivated = member('accord.registry.member-activated.v1', { ...attached, state: 'active' });
export const memberSuspensionCalled = member('accord.registry.member-suspension-called.v1', {
  ...keyed,
  by: 'GB',
  state: 'active',
});
export const memberSuspended = member('accord.registry.member-suspended.v1', {
  ...keyed,
  state: 'suspended',
  suspendedBy: ['MK'],
  reason: 'Change of government',
});
export const memberReinstatementCalled = member('accord.registry.member-reinstatement-called.v1', {
  ...keyed,
  by: 'GB',
  state: 'suspended',
});
export const memberReinstated = member('accord.registry.member-reinstated.v1', { ...keyed, state: 'active' });
export const memberWithdrawn = member('accord.registry.member-withdrawn.v1', { ...keyed, state: 'withdrawn' });
