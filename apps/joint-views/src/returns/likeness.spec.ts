import { describe, expect, it } from '@jest/globals';
import { areOthers, issuersOf } from './issuers.ts';
import { jaroWinkler, likenessOf } from './likeness.ts';
import { marksOf } from './marks.ts';

const person = (name: string, birthDate = '1990-03-02') => ({ name: [name], birthDate: [birthDate] });

describe('whether two descriptions may be of one person', () => {
  it.each([
    ['Agim Hoxha', 'Agim Hoxha'],
    ['Agim Hoxha', 'Хоџа Агим'],
    ['Agim Hoxha', 'Agim Petrit Hoxha'],
    ['Đorđe Prova', 'Djordje Prova'],
    ['Arben Shembulli', 'Arben Shemubli'],
  ])('%s and %s are alike', (one, other) => {
    expect(likenessOf(person(one), person(other))).toEqual(['birth-date', 'name']);
  });

  it.each([
    [person('Agim Hoxha'), person('Blerim Hoxha')],
    [person('Agim Hoxha'), person('Agim Hoxha', '1990-03-03')],
    [person('Agim Hoxha'), { name: ['Agim Hoxha'] }],
    [person('Agim'), person('Agim Hoxha')],
    [{}, {}],
  ])('others are not: %#', (one, other) => expect(likenessOf(one, other)).toBeNull());

  it('takes a year for a date of that year', () => {
    expect(likenessOf(person('Agim Hoxha', '1990'), person('Agim Hoxha'))).not.toBeNull();
  });

  it('measures words', () => {
    expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.9611, 4);
    expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.8133, 4);
    expect(jaroWinkler('abc', 'abc')).toBe(1);
    expect(jaroWinkler('abc', 'xyz')).toBe(0);
    expect(jaroWinkler('', '')).toBe(1);
  });
});

describe('whose documents two people have', () => {
  it.each([
    [['al'], ['xk'], true],
    [['al'], ['AL'], false],
    [['al'], ['xk', 'al'], false],
    [['al'], [], false],
    [[], [], false],
    // What was Serbia and Montenegro may be Kosovo; and nobody knows which country "zz" is.
    [['csxx'], ['xk'], false],
    [['al'], ['zz'], false],
    [['gb-sct'], ['gb'], false],
  ])('%j and %j: others are they %s', (one, other, are) => {
    expect(areOthers(issuersOf({ nationality: one }), issuersOf({ nationality: other }))).toBe(are);
  });
});

describe('by what a person is known again', () => {
  const id = 'GB:01980000-0000-7000-8000-000000000001';

  it('are documents, identifiers, a biometric reference, and names beside a year', () => {
    const properties = { ...person('Agim Prova'), passportNumber: ['k 12-345'], idNumber: ['J1'], taxNumber: ['9'] };
    expect(marksOf({ person: { id, schema: 'Person', properties }, biometricReference: ' AFIS-7 ' })).toEqual([
      { kind: 'passport', value: 'K12345' },
      { kind: 'national-id', value: 'J1' },
      { kind: 'biometric', value: 'AFIS-7' },
      { kind: 'name', value: '1990 agim' },
      { kind: 'name', value: '1990 prov' },
      { kind: 'name', value: '1990 prova' },
    ]);
  });

  // As many as a record may say; nothing else runs while the joint views make something of it.
  const words = (from: number) =>
    Array.from({ length: 200 }, (_, n) => (from + n).toString(36).padStart(4, 'q')).join(' ');
  const many = {
    alias: Array.from({ length: 100 }, (_, n) => words(n * 200)),
    birthDate: Array.from({ length: 100 }, (_, n) => String(1900 + n)),
  };

  it('are no more names than the years and words of a person', () => {
    expect(marksOf({ person: { id, schema: 'Person', properties: many } })).toHaveLength(2_000);
    const twice = { name: ['Agim Prova'], birthDate: ['1990', '1990-03', '1990-03-02'] };
    expect(marksOf({ person: { id, schema: 'Person', properties: twice } })).toHaveLength(3);
  });

  it('are compared as far as a person has names', () => {
    expect(likenessOf(many, { ...many, alias: many.alias.toReversed() })).toBeNull();
    expect(likenessOf(many, many)).toEqual(['birth-date', 'name']);
  });

  it('are none without any', () => {
    expect(marksOf({ person: { id, schema: 'Person', properties: { name: ['Agim Prova'] } } })).toEqual([]);
  });
});
