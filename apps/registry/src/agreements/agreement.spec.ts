import { describe, expect, it } from '@jest/globals';
import { Problem } from '#contracts';
import { decideAgreement, type AgreementCommand } from './agreement.decide.ts';
import { agreementSnapshot, foldAgreement, type AgreementEvent, type KnownAgreement, type Terms } from './agreement.ts';

const terms: Terms = {
  title: 'Document fraud, GB and AL',
  parties: ['GB', 'AL'],
  categories: ['document'],
  purposes: ['document-fraud'],
  validFrom: '2025-01-01T00:00:00Z',
  validTo: null,
  onward: false,
};
const draft: AgreementCommand = { command: 'draft', id: 'a-1', ...terms };
const drafted: AgreementEvent = { type: 'agreement-drafted.v1', data: { by: 'GB', id: 'a-1', ...terms } };
const signed: AgreementEvent = { type: 'agreement-signed.v1', data: { by: 'GB' } };
const at = '2025-06-01T12:00:00Z';
const entered: AgreementEvent = { type: 'agreement-entered-into-force.v1', data: { by: 'AL', inForceSince: at } };
const suspended: AgreementEvent = { type: 'agreement-suspended.v1', data: { by: 'AL', reason: 'review' } };
const resumed: AgreementEvent = { type: 'agreement-resumed.v1', data: { by: 'AL' } };
const terminated: AgreementEvent = { type: 'agreement-terminated.v1', data: { by: 'GB' } };
const inForce = [drafted, signed, entered];

/** Given these events, when a member says this, then these events, or this problem's code. MK is no active member. */
const then = (events: AgreementEvent[], by: string, command: AgreementCommand) => {
  try {
    const who = { by, at, actives: ['GB', 'AL', 'XK'], members: ['GB', 'AL', 'XK', 'MK'] };
    return decideAgreement(foldAgreement(events), command, who);
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
};

describe('drafting an agreement', () => {
  it('by a party', () => expect(then([], 'GB', draft)).toEqual([drafted]));
  it('not between others', () => expect(then([], 'XK', draft)).toBe('agreement.invalid'));
  it('not with a stranger', () =>
    expect(then([], 'GB', { ...draft, parties: ['GB', 'RS'] })).toBe('agreement.invalid'));
  it('not by a member that is not active', () =>
    expect(then([], 'MK', { ...draft, parties: ['GB', 'MK'] })).toBe('forbidden'));
  it('with one that is to join', () =>
    expect(then([], 'GB', { ...draft, parties: ['GB', 'MK'] })).toEqual([
      { type: 'agreement-drafted.v1', data: { by: 'GB', id: 'a-1', ...terms, parties: ['GB', 'MK'] } },
    ]));
  it('not ending before it begins', () =>
    expect(then([], 'GB', { ...draft, validTo: '2025-01-01T00:00:00Z' })).toBe('agreement.invalid'));
  it('once', () => expect(then([drafted], 'GB', draft)).toBe('agreement.exists'));
});

describe('signing', () => {
  it('by the first party', () => expect(then([drafted], 'GB', { command: 'sign' })).toEqual([signed]));
  it('by the last one puts it in force', () =>
    expect(then([drafted, signed], 'AL', { command: 'sign' })).toEqual([entered]));
  it('once by each', () => expect(then([drafted, signed], 'GB', { command: 'sign' })).toBe('agreement.already-signed'));
  it('not when in force', () => expect(then(inForce, 'GB', { command: 'sign' })).toBe('agreement.not-draft'));
  it('never by a third member, to which it is not there', () =>
    expect(then([drafted], 'XK', { command: 'sign' })).toBe('not-found'));
  it('nor is one that is not there', () => expect(then([], 'GB', { command: 'sign' })).toBe('not-found'));
});

describe('suspending and resuming', () => {
  it('by any party', () => expect(then(inForce, 'AL', { command: 'suspend', reason: 'review' })).toEqual([suspended]));
  it('not a draft', () => expect(then([drafted], 'AL', { command: 'suspend' })).toBe('agreement.not-in-force'));
  it('not twice', () =>
    expect(then([...inForce, suspended], 'GB', { command: 'suspend' })).toBe('agreement.not-in-force'));
  it('not by a third member', () => expect(then(inForce, 'XK', { command: 'suspend' })).toBe('not-found'));
  it('resumed by who suspended it', () =>
    expect(then([...inForce, suspended], 'AL', { command: 'resume' })).toEqual([resumed]));
  it('by no other', () =>
    expect(then([...inForce, suspended], 'GB', { command: 'resume' })).toBe('agreement.suspended-by-another'));
  it('not when in force', () => expect(then(inForce, 'AL', { command: 'resume' })).toBe('agreement.not-suspended'));
});

describe('terminating', () => {
  it('by any party', () => {
    expect(then(inForce, 'GB', { command: 'terminate' })).toEqual([terminated]);
    expect(then([...inForce, suspended], 'GB', { command: 'terminate' })).toEqual([terminated]);
    expect(then([drafted], 'GB', { command: 'terminate' })).toEqual([terminated]);
  });
  it('once, and for good', () => {
    const ended = [...inForce, terminated];
    expect(then(ended, 'AL', { command: 'terminate' })).toBe('agreement.terminated');
    expect(then(ended, 'AL', { command: 'sign' })).toBe('agreement.not-draft');
    expect(then(ended, 'AL', { command: 'suspend' })).toBe('agreement.not-in-force');
    expect(then(ended, 'AL', { command: 'resume' })).toBe('agreement.not-suspended');
  });
  it('not by a third member', () => expect(then(inForce, 'XK', { command: 'terminate' })).toBe('not-found'));
});

describe('the snapshot that travels', () => {
  const snapshot = (events: AgreementEvent[]) => agreementSnapshot(foldAgreement(events) as KnownAgreement);
  const base = { id: 'a-1', ...terms };
  it('of a draft', () =>
    expect(snapshot([drafted])).toEqual({
      ...base,
      state: 'draft',
      signedBy: [],
      inForceSince: null,
      suspendedBy: null,
    }));
  it('of a suspended one', () =>
    expect(snapshot([...inForce, suspended])).toEqual({
      ...base,
      state: 'suspended',
      signedBy: ['GB', 'AL'],
      inForceSince: at,
      suspendedBy: 'AL',
    }));
  it('of a resumed one: in force since it first was', () =>
    expect(snapshot([...inForce, suspended, resumed])).toEqual({
      ...base,
      state: 'in-force',
      signedBy: ['GB', 'AL'],
      inForceSince: at,
      suspendedBy: null,
    }));
  it('of one that ended before it began', () =>
    expect(snapshot([drafted, signed, terminated])).toEqual({
      ...base,
      state: 'terminated',
      signedBy: ['GB'],
      inForceSince: null,
      suspendedBy: null,
    }));
});
