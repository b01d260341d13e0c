import { describe, expect, it } from '@jest/globals';
import { Clusters } from './clusters.ts';
import { covers, shieldOfPerson } from './shield.ts';
import { touchesOf } from './touches.ts';

const P = 'GB:01980000-0000-8000-8000-000000000001';
const Q = 'GB:01980000-0000-8000-8000-000000000002';

describe('whom a person is kept from', () => {
  const quiet = { claimed: false, nationalities: ['al'], others: [] };
  const claim = { claimed: true, nationalities: [], others: ['rs'] };

  it('is nobody without a claim', () => {
    expect(shieldOfPerson([quiet])).toEqual([]);
    expect(shieldOfPerson([])).toEqual([]);
  });

  it('takes nationality, residence and persecutors from all that is known', () => {
    expect(shieldOfPerson([quiet, claim])).toEqual(['al', 'rs']);
  });

  it('is everyone where no nationality can be read', () => {
    expect(shieldOfPerson([claim])).toBe('ALL');
    expect(shieldOfPerson([claim, { ...quiet, nationalities: ['zz'] }])).toBe('ALL');
  });

  it('is covered by what is as wide', () => {
    expect(covers('ALL', ['al'])).toBe(true);
    expect(covers(['al'], 'ALL')).toBe(false);
    expect(covers(['al', 'rs'], ['rs'])).toBe(true);
    expect(covers(['al'], ['al', 'rs'])).toBe(false);
  });
});

describe('whom a record touches', () => {
  it('is who is in it, who is named, and whose document it is', () => {
    const touches = touchesOf([
      {
        id: P,
        schema: 'Person',
        properties: { name: ['X'], nationality: ['AL'] },
        protectionClaim: { persecutors: ['rs'] },
      },
      {
        id: 'GB:01980000-0000-8000-8000-00000000000d',
        schema: 'Passport',
        properties: { holder: [P], number: ['k 12-345'] },
      },
      {
        id: 'GB:01980000-0000-8000-8000-00000000000m',
        schema: 'Membership',
        properties: { member: [Q], organization: [Q] },
      },
    ]);
    expect(touches.find(({ entity }) => entity === P)).toEqual({
      entity: P,
      person: { claimed: true, nationalities: ['al'], others: ['rs'] },
      identifiers: ['passport K12345'],
    });
    expect(touches.find(({ entity }) => entity === Q)).toEqual({ entity: Q, person: null, identifiers: [] });
  });
});

describe('who is the same', () => {
  it('follows from one to the next, however long the way', () => {
    const clusters = new Clusters();
    for (let n = 0; n < 50_000; n++) clusters.join(`${n}`, `${n + 1}`);
    expect(clusters.find('0')).toBe(clusters.find('50000'));
    clusters.add('alone');
    expect(clusters.find('alone')).toBe('alone');
  });
});
