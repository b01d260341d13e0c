import { describe, expect, it } from '@jest/globals';
import { Problem } from '#contracts';
import { decideAgreement, type AgreementCommand } from './agreement.decide.ts';
import { agreementAggregate } from './agreement.tell.ts';
import { foldAgreement, revisionOf, type AgreementEvent, type KnownAgreement, type Terms } from './agreement.ts';

const at = '2025-06-01T12:00:00Z';
const { parties, ...terms }: Terms = {
  title: 'Document fraud, GB and AL',
  parties: ['GB', 'AL'],
  categories: ['document'],
  purposes: ['document-fraud'],
  validFrom: '2025-01-01T00:00:00Z',
  validTo: null,
  onward: false,
};
const inForce: AgreementEvent[] = [
  { type: 'agreement-drafted.v1', data: { by: 'GB', id: 'a-1', parties, ...terms } },
  { type: 'agreement-signed.v1', data: { by: 'GB' } },
  { type: 'agreement-entered-into-force.v1', data: { by: 'AL', inForceSince: at } },
];
const wider = { ...terms, categories: ['document', 'return'] as const satisfies string[] } as Omit<Terms, 'parties'>;
const proposed: AgreementEvent = {
  type: 'agreement-amendment-proposed.v1',
  data: { by: 'AL', revision: 2, terms: wider },
};
const signed: AgreementEvent = { type: 'agreement-amendment-signed.v1', data: { by: 'AL', revision: 2 } };
const amended: AgreementEvent = { type: 'agreement-amended.v1', data: { by: 'GB', revision: 2 } };
const declined: AgreementEvent = { type: 'agreement-amendment-declined.v1', data: { by: 'GB', revision: 2 } };
const suspended: AgreementEvent = { type: 'agreement-suspended.v1', data: { by: 'AL' } };
const terminated: AgreementEvent = { type: 'agreement-terminated.v1', data: { by: 'GB' } };
const amend: AgreementCommand = { command: 'amend', changes: { categories: ['document', 'return'] } };
const sign: AgreementCommand = { command: 'sign-amendment', revision: 2 };
const decline: AgreementCommand = { command: 'decline-amendment', revision: 2 };

const then = (events: AgreementEvent[], by: string, command: AgreementCommand, actives = ['GB', 'AL', 'XK']) => {
  try {
    return decideAgreement(foldAgreement(events), command, { by, at, actives, members: actives });
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
};
const after = (...events: AgreementEvent[]) => foldAgreement([...inForce, ...events]) as KnownAgreement;

describe('an amendment', () => {
  it('is proposed by any party, of what is in force or suspended', () => {
    expect(then(inForce, 'AL', amend)).toEqual([proposed]);
    expect(then([...inForce, suspended], 'AL', amend)).toEqual([proposed]);
    expect(then(inForce.slice(0, 2), 'AL', amend)).toBe('agreement.not-in-force');
    expect(then([...inForce, terminated], 'AL', amend)).toBe('agreement.not-in-force');
  });
  it('is nothing to a third member', () => {
    for (const command of [amend, sign, decline]) expect(then([...inForce, proposed], 'XK', command)).toBe('not-found');
  });
  it('is for active members to propose and to sign, for any party to decline', () => {
    expect(then(inForce, 'AL', amend, ['GB'])).toBe('forbidden');
    expect(then([...inForce, proposed], 'AL', sign, ['GB'])).toBe('forbidden');
    expect(then([...inForce, proposed], 'AL', decline, ['GB'])).toMatchObject([{ data: { by: 'AL', revision: 2 } }]);
  });
  it('changes something, and does not end before it begins', () => {
    expect(then(inForce, 'AL', { command: 'amend', changes: { onward: false } })).toBe('agreement.invalid');
    expect(then(inForce, 'AL', { command: 'amend', changes: { validTo: '2024-01-01T00:00:00Z' } })).toBe(
      'agreement.invalid',
    );
  });
  it('waits alone', () => expect(then([...inForce, proposed], 'GB', amend)).toBe('agreement.amendment-pending'));
  it('is signed once by each, and by its number', () => {
    expect(then([...inForce, proposed], 'AL', sign)).toEqual([signed]);
    expect(then([...inForce, proposed, signed], 'AL', sign)).toBe('agreement.already-signed');
    expect(then([...inForce, proposed, signed], 'GB', sign)).toEqual([amended]);
    expect(then([...inForce, proposed], 'GB', { ...sign, revision: 3 })).toBe('agreement.no-amendment');
    expect(then([...inForce, proposed, signed, amended], 'GB', sign)).toBe('agreement.no-amendment');
    expect(then([...inForce, proposed], 'GB', { command: 'sign' })).toBe('agreement.not-draft');
  });
  it('declined, gives its number to no other', () => {
    expect(then([...inForce, proposed], 'GB', decline)).toEqual([declined]);
    expect(then([...inForce, proposed, declined], 'AL', amend)).toMatchObject([{ data: { revision: 3 } }]);
  });
});

describe('what holds', () => {
  it('is the old terms until the last party has signed', () => {
    expect(after(proposed, signed)).toMatchObject({ ...terms, signedBy: ['GB', 'AL'], state: 'in-force' });
    expect(revisionOf(after(proposed, signed))).toEqual({
      revision: 1,
      amendment: { ...wider, revision: 2, signedBy: ['AL'] },
    });
    expect(after(proposed, signed, amended)).toMatchObject({
      ...{ ...wider, state: 'in-force', inForceSince: at, signedBy: ['AL', 'GB'] },
      ...{ revision: 2, amendment: null, parties: ['GB', 'AL'] },
    });
    expect(after(proposed, declined)).toMatchObject({ ...terms, revision: 1, amendment: null });
  });
  it('stays suspended through an amendment, and ends with the agreement', () => {
    expect(after(suspended, proposed, signed, amended)).toMatchObject({ ...wider, state: 'suspended' });
    expect(after(proposed, suspended)).toMatchObject({ amendment: { revision: 2 } });
    expect(revisionOf(after(proposed, terminated))).toEqual({ revision: 1, amendment: null });
  });
  it('is what travels, whatever waits', () => {
    const tell = (events: AgreementEvent[]) =>
      agreementAggregate.tell(events.at(-1)!, after(...events), { id: 'e', at });
    expect(tell([proposed]).data).toMatchObject({ ...terms, by: 'AL', revision: 1, amendment: { revision: 2 } });
    expect(tell([proposed, signed, amended]).data).toMatchObject({ ...wider, by: 'GB', revision: 2, amendment: null });
    expect(tell([proposed, suspended]).data).not.toHaveProperty('amendment');
  });
});
