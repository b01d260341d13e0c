import { describe, expect, it } from '@jest/globals';
import { accessRow } from './columns.ts';
import { grantKey, memberMask, purposeMask } from './masks.ts';
import { protect } from './reader-policy.sql.ts';

describe('masks', () => {
  const bits = new Map([
    ['GB', 0],
    ['AL', 62],
  ]);
  it('are signed bigints', () => {
    expect(memberMask(['GB', 'al', 'sy'], bits)).toBe((1n << 62n) | 1n);
    expect(memberMask([], bits)).toBe(0n);
    expect(memberMask('ALL', bits)).toBe(-1n);
    expect(purposeMask(['people-smuggling', 'document-fraud'])).toBe(5n);
    expect(grantKey(62, 'assistance')).toBe(62 * 8 + 6);
  });
  it('refuse what has no place', () => {
    expect(() => grantKey(63, 'dna')).toThrow('bit');
    expect(() => grantKey(NaN, 'dna')).toThrow('bit');
    expect(() => protect('views; drop', 'things')).toThrow('plain');
  });
});

describe('a row', () => {
  it('carries what the rule needs of a record', () => {
    const bits = new Map([
      ['GB', 3],
      ['AL', 62],
    ]);
    const row = accessRow(
      '01970000-0000-7000-8000-000000000001',
      {
        originator: 'GB',
        category: 'operation',
        purposes: ['returns'],
        audience: ['AL', 'IT'],
        classification: 'SECRET',
        handlingCodes: ['H0'],
        shield: ['gb', 'sy'],
        notBefore: null,
        reviewBy: Date.parse('2028-05-15T00:00:00Z'),
        state: 'recalled',
        withheld: false,
      },
      bits,
    );
    expect(row).toEqual({
      record: '01970000-0000-7000-8000-000000000001',
      originator: 'GB',
      grant_key: 25,
      audience: 1n << 62n,
      shield: 8n,
      purposes: 16n,
      classification: 2,
      not_before: null,
      review_by: new Date('2028-05-15T00:00:00Z'),
      state: 1,
      withheld: false,
    });
  });
});
