import { describe, expect, it } from '@jest/globals';
import { isMicroVariant, readAllele } from './alleles.ts';
import { compare, meetsThresholds } from './compare.ts';
import type { Profile } from './genotype.ts';
import type { Locus } from './loci.ts';
import { genotypeOf } from './read-profile.ts';

// The matching rules of Council Decision 2008/616/JHA, annex, chapter 1, 1.1 and 1.2.
const six: Profile['loci'] = {
  TH01: ['6', '9.3'],
  D21S11: ['29', '31.2'],
  FGA: ['21', '24'],
  D8S1179: ['12', '13'],
  D3S1358: ['15', '16'],
  D18S51: ['14', '14'],
};
const between = (a: Profile, b: Profile) => {
  const [there, back] = [compare(genotypeOf(a), genotypeOf(b)), compare(genotypeOf(b), genotypeOf(a))];
  expect(back).toEqual(there);
  return there;
};
const at = (locus: Locus, a: [string, string], b: [string, string]) =>
  between({ loci: { ...six, [locus]: a } }, { loci: { ...six, [locus]: b } });
const by = (name: string, locus = 'vWA') => ({ locus, by: name });

describe('two profiles', () => {
  it('meet with quality 1 where all that both have is equal', () => {
    expect(between({ loci: six }, { loci: six })).toEqual({ quality: 1, matched: 6, deviation: null });
    expect(at('vWA', ['17', '18'], ['17', '18'])).toEqual({ quality: 1, matched: 7, deviation: null });
    expect(between({ loci: { ...six, TPOX: ['8', '8'] } }, { loci: { ...six, FES: ['10', '11'] } })).toMatchObject({
      quality: 1,
      matched: 6,
    });
  });

  it('need six fully designated loci that match', () => {
    const { TH01: sixthOf, ...five } = six;
    expect(sixthOf).toBeDefined();
    expect(between({ loci: five }, { loci: six })).toBeNull();
    const sixth = { ...five, vWA: ['17', '*'] as [string, string] };
    expect(between({ loci: sixth }, { loci: sixth })).toBeNull();
    expect(between({ loci: five, amelogenin: ['X', 'Y'] }, { loci: six, amelogenin: ['X', 'Y'] })).toBeNull();
    expect(between({ loci: { ...five, TH01: ['6', '8'] } }, { loci: six })).toBeNull();
  });

  it('meet with quality 2 by a wildcard, which stands for either of the two', () => {
    const near = { quality: 2, matched: 6, deviation: by('wildcard') };
    expect(at('vWA', ['12', '*'], ['12', '14'])).toEqual(near);
    expect(at('vWA', ['12', '*'], ['9', '12'])).toEqual(near);
    expect(at('vWA', ['12', '*'], ['12', '12'])).toEqual(near);
    expect(at('vWA', ['12', '*'], ['13', '14'])).toBeNull();
  });

  it('are the same with the same wildcard, at a locus that counts for nothing', () => {
    expect(at('vWA', ['12', '*'], ['12', '*'])).toEqual({ quality: 1, matched: 6, deviation: null });
    expect(at('vWA', ['12', '*'], ['14', '*'])).toMatchObject({ quality: 4 });
  });

  it('meet with quality 3 by a micro-variant', () => {
    expect(at('vWA', ['12', '14'], ['12', '14.1'])).toEqual({ quality: 3, matched: 6, deviation: by('micro-variant') });
    expect(at('D21S11', ['29', '31.2'], ['29', '31'])).toBeNull();
    expect(at('vWA', ['11.3', '14'], ['12', '14'])).toMatchObject({ quality: 3 });
  });

  it('meet with quality 4 where one allele is another', () => {
    expect(at('vWA', ['12', '14'], ['12', '16'])).toEqual({ quality: 4, matched: 6, deviation: by('mismatch') });
    expect(at('vWA', ['12', '14'], ['14', '16'])).toMatchObject({ quality: 4 });
    expect(at('vWA', ['12', '12'], ['12', '16'])).toMatchObject({ quality: 4 });
  });

  it('do not meet where two alleles differ', () => {
    expect(at('vWA', ['12', '14'], ['13', '15'])).toBeNull();
    expect(at('vWA', ['12', '12'], ['14', '14'])).toBeNull();
    const two = { ...six, vWA: ['12', '*'] as [string, string], TPOX: ['8', '*'] as [string, string] };
    expect(between({ loci: two }, { loci: { ...six, vWA: ['12', '13'], TPOX: ['8', '9'] } })).toBeNull();
    const sexes = { amelogenin: ['X', 'X'] as [string, string] };
    const other = { amelogenin: ['X', 'Y'] as [string, string] };
    expect(between({ loci: six, ...sexes }, { loci: six, ...other })).toMatchObject({ quality: 4 });
    expect(
      between({ loci: { ...six, FES: ['9', '9'] }, ...sexes }, { loci: { ...six, FES: ['9', '8'] }, ...other }),
    ).toBe(null);
  });
});

describe('micro-variants', () => {
  const sets: [Locus, string, string[]][] = [
    ['vWA', '12.1', ['12', '12.2']],
    ['vWA', '12.2', ['12.1', '12.3']],
    ['vWA', '12.3', ['12.2', '13']],
    ['Penta D', '9.1', ['9', '9.2']],
    ['Penta E', '9.2', ['9.1', '9.3']],
    ['CD4', '9.3', ['9.2', '9.4']],
    ['Penta D', '9.4', ['9.3', '10']],
  ];
  it.each(sets)('at %s of %s are %j', (locus, allele, near) => {
    const all = Array.from({ length: 40 }, (_, n) => `${8 + Math.floor(n / 5)}.${n % 5}`);
    const alleles = all.filter((text) => readAllele(locus, text) !== null);
    const found = alleles.filter((text) => isMicroVariant(locus, readAllele(locus, allele)!, readAllele(locus, text)!));
    expect(found.map((text) => text.replace('.0', ''))).toEqual(near);
  });
});

describe('what a member takes for a hit', () => {
  const match = { quality: 3, matched: 7, deviation: null } as const;
  it.each([
    [{ loci: 6, quality: 4 }, true],
    [{ loci: 8, quality: 4 }, false],
    [{ loci: 6, quality: 2 }, false],
    [{ loci: 1, quality: 3 }, true],
  ] as const)('%j', (thresholds, meets) => {
    expect(meetsThresholds(match, thresholds)).toBe(meets);
    expect(meetsThresholds({ ...match, matched: 5 }, { loci: 1, quality: 4 })).toBe(false);
  });
});
