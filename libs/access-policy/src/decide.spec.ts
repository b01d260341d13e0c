import { describe, expect, it } from '@jest/globals';
import { decide, grantFor } from './decide.ts';
import type { AccessRecord, Agreement, Decision, DenyCode, Registry, Viewer } from './model.ts';

const at = (time: string) => Date.parse(time);
const now = at('2025-05-15T12:00:00Z');
const oneMillisecond = 1;

const jointDeclaration: Agreement = {
  id: '0197-joint',
  parties: ['GB', 'AL', 'XK'],
  categories: ['intelligence', 'operation'],
  purposes: ['people-smuggling', 'organised-crime'],
  validFrom: at('2025-01-01T00:00:00Z'),
  validTo: null,
  state: 'in-force',
  inForceSince: at('2025-01-10T00:00:00Z'),
};

const registry: Registry = {
  members: [
    { code: 'GB', state: 'active' },
    { code: 'AL', state: 'active' },
    { code: 'XK', state: 'active' },
    { code: 'MK', state: 'proposed' },
  ],
  agreements: [jointDeclaration],
};

/** What GB released about boats: an Albanian analyst may see it. */
const report: AccessRecord = {
  originator: 'GB',
  category: 'intelligence',
  purposes: ['people-smuggling'],
  audience: ['AL'],
  classification: 'OFFICIAL-SENSITIVE',
  handlingCodes: ['H0', 'H1'],
  shield: [],
  notBefore: null,
  reviewBy: at('2028-05-15T00:00:00Z'),
  state: 'released',
  withheld: false,
};

const analyst: Viewer = {
  member: 'AL',
  roles: ['analyst'],
  clearance: 'OFFICIAL-SENSITIVE',
  purpose: 'people-smuggling',
};

const british: Viewer = { ...analyst, member: 'GB' };

const permitted: Decision = { decision: 'permit', step: 11, agreement: '0197-joint', obligations: ['H0', 'H1'] };
const own: Decision = { decision: 'permit', step: 2, agreement: null, obligations: [] };
const deny = (step: number, code: DenyCode): Decision => ({ decision: 'deny', step, code });

interface Given {
  record?: Partial<AccessRecord>;
  viewer?: Partial<Viewer>;
  registry?: Partial<Registry>;
  now?: number;
}

function when(given: Given): Decision {
  return decide(
    { ...report, ...given.record },
    { ...analyst, ...given.viewer },
    { ...registry, ...given.registry },
    given.now ?? now,
  );
}

const suspended: Partial<Registry> = { members: [{ code: 'AL', state: 'suspended' }] };
const noAgreement: Partial<Registry> = { agreements: [] };
const agreement = (change: Partial<Agreement>): Partial<Registry> => ({
  agreements: [{ ...jointDeclaration, ...change }],
});

describe('the steps, each alone', () => {
  it.each<[string, Given, Decision]>([
    ['1: a suspended member sees nothing', { registry: suspended }, deny(1, 'member-inactive')],
    ['1: nor does a proposed one', { viewer: { member: 'MK' } }, deny(1, 'member-inactive')],
    ['1: nor does one that the registry lacks', { viewer: { member: 'IT' } }, deny(1, 'member-inactive')],
    ['2: the originator sees its own', { viewer: british }, own],
    ['2: but not when erased', { viewer: british, record: { state: 'erased' } }, deny(2, 'erased')],
    ['2: nor above the clearance', { viewer: { ...british, clearance: 'OFFICIAL' } }, deny(2, 'clearance')],
    ['2: nor without the role', { viewer: { ...british, roles: ['supervisor', 'admin'] } }, deny(2, 'role')],
    ['3: recalled', { record: { state: 'recalled' } }, deny(3, 'recalled')],
    ['3: expired by event', { record: { state: 'expired' } }, deny(3, 'expired')],
    ['3: expired at the review date', { record: { reviewBy: now } }, deny(3, 'expired')],
    ['3: not just before it', { record: { reviewBy: now + oneMillisecond } }, permitted],
    ['3: erased', { record: { state: 'erased' } }, deny(3, 'erased')],
    ['3: withheld', { record: { withheld: true } }, deny(3, 'withheld')],
    ['4: under embargo', { record: { notBefore: now + oneMillisecond } }, deny(4, 'embargo')],
    ['4: which ends at its time', { record: { notBefore: now } }, permitted],
    ['5: shielded from the country of origin', { record: { shield: ['al'] } }, deny(5, 'country-of-origin')],
    ['5: written in either case', { record: { shield: ['AL'] } }, deny(5, 'country-of-origin')],
    ['5: shielded from everyone', { record: { shield: 'ALL' } }, deny(5, 'country-of-origin')],
    ['5: shielded from others only', { record: { shield: ['xk', 'sy'] } }, permitted],
    ['6: not in the audience', { record: { audience: ['XK'] } }, deny(6, 'not-released')],
    ['6: released to nobody', { record: { audience: [] } }, deny(6, 'not-released')],
    ['7: no agreement', { registry: noAgreement }, deny(7, 'no-legal-basis')],
    ['8: released for another purpose', { record: { purposes: ['organised-crime'] } }, deny(8, 'purpose')],
    ['9: above the clearance', { viewer: { clearance: 'OFFICIAL' } }, deny(9, 'clearance')],
    ['9: at the clearance', { record: { classification: 'SECRET' }, viewer: { clearance: 'SECRET' } }, permitted],
    ['10: without the role', { viewer: { roles: ['publisher', 'supervisor', 'auditor'] } }, deny(10, 'role')],
    ['10: without any role', { viewer: { roles: [] } }, deny(10, 'role')],
    ['10: one of several roles is enough', { viewer: { roles: ['admin', 'analyst'] } }, permitted],
    ['11: permit, with handling codes as obligations', {}, permitted],
  ])('%s', (_, given, then) => expect(when(given)).toEqual(then));
});

describe('the originator and its own', () => {
  it.each<[string, Partial<AccessRecord>]>([
    ['recalled', { state: 'recalled' }],
    ['expired', { state: 'expired', reviewBy: now }],
    ['withheld', { withheld: true }],
    ['embargoed', { notBefore: now + oneMillisecond }],
    ['shielded from itself', { shield: ['gb'] }],
    ['shielded from everyone', { shield: 'ALL' }],
    ['released to others', { audience: ['XK'] }],
    ['released for another purpose', { purposes: ['returns'] }],
  ])('still sees what is %s', (_, record) => {
    expect(when({ viewer: british, record, registry: noAgreement })).toEqual(own);
  });
});

describe('precedence: the earlier of two neighbouring steps wins', () => {
  it.each<[string, Given, Decision]>([
    [
      '1 before 2: an inactive member does not see even its own',
      { viewer: british, registry: { members: [{ code: 'GB', state: 'withdrawn' }] } },
      deny(1, 'member-inactive'),
    ],
    [
      '2, erased before clearance',
      { viewer: { ...british, clearance: 'OFFICIAL' }, record: { state: 'erased' } },
      deny(2, 'erased'),
    ],
    ['2, clearance before role', { viewer: { ...british, clearance: 'OFFICIAL', roles: [] } }, deny(2, 'clearance')],
    ['2 before 3: an own recall is seen', { viewer: british, record: { state: 'recalled' } }, own],
    ['2 before 3, denying', { viewer: { ...british, roles: [] }, record: { state: 'recalled' } }, deny(2, 'role')],
    ['3, recalled before expired', { record: { state: 'recalled', reviewBy: now } }, deny(3, 'recalled')],
    ['3, expired before erased', { record: { state: 'erased', reviewBy: now } }, deny(3, 'expired')],
    ['3, erased before withheld', { record: { state: 'erased', withheld: true } }, deny(3, 'erased')],
    ['3 before 4', { record: { withheld: true, notBefore: now + oneMillisecond } }, deny(3, 'withheld')],
    ['4 before 5', { record: { notBefore: now + oneMillisecond, shield: ['al'] } }, deny(4, 'embargo')],
    ['5 before 6', { record: { shield: ['al'], audience: [] } }, deny(5, 'country-of-origin')],
    [
      '5: nothing below overrides the shield',
      { record: { shield: ['al'], audience: ['AL'] }, viewer: { clearance: 'SECRET' } },
      deny(5, 'country-of-origin'),
    ],
    ['6 before 7', { record: { audience: ['XK'] }, registry: noAgreement }, deny(6, 'not-released')],
    ['7 before 8', { record: { purposes: ['returns'] }, registry: noAgreement }, deny(7, 'no-legal-basis')],
    [
      '8 before 9',
      { record: { purposes: ['organised-crime'] }, viewer: { clearance: 'OFFICIAL' } },
      deny(8, 'purpose'),
    ],
    ['9 before 10', { viewer: { clearance: 'OFFICIAL', roles: [] } }, deny(9, 'clearance')],
  ])('%s', (_, given, then) => expect(when(given)).toEqual(then));
});

describe('a grant', () => {
  it.each<[string, Partial<Agreement>]>([
    ['binds both: without the viewer', { parties: ['GB', 'XK'] }],
    ['binds both: without the originator', { parties: ['AL', 'XK'] }],
    ['covers the category', { categories: ['operation'] }],
    ['covers the declared purpose', { purposes: ['organised-crime'] }],
    ['is in force: draft', { state: 'draft', inForceSince: null }],
    ['is in force: suspended', { state: 'suspended' }],
    ['is in force: terminated', { state: 'terminated' }],
    ['is valid: not yet', { validFrom: now + oneMillisecond }],
    ['is valid: no more, from its end on', { validTo: now }],
  ])('%s', (_, change) => expect(when({ registry: agreement(change) })).toEqual(deny(7, 'no-legal-basis')));

  it.each<[string, Partial<Agreement>]>([
    ['from its first instant', { validFrom: now }],
    ['until its last', { validTo: now + oneMillisecond }],
  ])('holds %s', (_, change) => expect(when({ registry: agreement(change) })).toEqual(permitted));

  it('is not stitched together from two agreements', () => {
    const category = { ...jointDeclaration, purposes: ['returns' as const] };
    const purpose = { ...jointDeclaration, categories: ['dna' as const] };
    expect(when({ registry: { agreements: [category, purpose] } })).toEqual(deny(7, 'no-legal-basis'));
  });

  it('does not ask whether the originator is active still', () => {
    const members = [
      { code: 'GB', state: 'suspended' },
      { code: 'AL', state: 'active' },
    ];
    expect(when({ registry: { members } })).toEqual(permitted);
  });
});

describe('of several grants', () => {
  const older = { ...jointDeclaration, id: '0198-b', inForceSince: at('2025-01-09T00:00:00Z') };
  const asOld = { ...jointDeclaration, id: '0196-a' };
  const need = { originator: 'GB', member: 'AL', category: 'intelligence', purpose: 'people-smuggling' };
  const cited = (...agreements: Agreement[]) => grantFor({ ...registry, agreements }, need, now)?.id;

  it('the oldest in force is cited', () => {
    expect(cited(jointDeclaration, older)).toBe('0198-b');
    expect(cited(older, jointDeclaration)).toBe('0198-b');
    expect(when({ registry: { agreements: [jointDeclaration, older] } })).toEqual({
      ...permitted,
      agreement: '0198-b',
    });
  });

  it('of equally old ones, the lesser id', () => {
    expect(cited(jointDeclaration, asOld)).toBe('0196-a');
    expect(cited(asOld, jointDeclaration)).toBe('0196-a');
  });

  it('one that is suspended is passed over', () => {
    expect(cited({ ...older, state: 'suspended' }, jointDeclaration)).toBe('0197-joint');
  });
});
