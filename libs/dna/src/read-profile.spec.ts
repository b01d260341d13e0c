import { describe, expect, it } from '@jest/globals';
import { genotypeOf, readProfile, type GivenProfile } from './read-profile.ts';
import { profileOf } from './genotype.ts';
import { SEVEN_LOCI } from './testing/seven-loci.ts';

// The inclusion rules of Council Decision 2008/616/JHA, annex, chapter 1, 1.1.
const { D18S51: seventh, ...core } = SEVEN_LOCI;
const read = (given: Partial<GivenProfile>) => {
  const answer = readProfile({ kind: 'reference', loci: core, ...given });
  return 'fault' in answer ? [answer.fault.code, answer.fault.path, answer.fault.rule] : answer.profile;
};
const at = (vWA: string[]) => read({ loci: { ...core, D18S51: seventh, vWA } });

describe('a profile', () => {
  it('stands in normal form: known names, alleles ascending, decimals that say something', () => {
    expect(read({ loci: { ...core, vWA: ['18', '17.0'], penta_d: [' 9', '2.2'] }, amelogenin: ['y', 'X'] })).toEqual({
      loci: { ...core, 'Penta D': ['2.2', '9'] },
      amelogenin: ['X', 'Y'],
    });
  });

  it.each(['o', 'f', 'r', 'na', 'nr', 'un', '*', '>30', '0', '1', '99', '1.0'])(
    'has a wildcard where %s stands',
    (value) => {
      expect(at([value, '17'])).toMatchObject({ loci: { vWA: ['17', '*'] } });
    },
  );

  it('keeps the first of three alleles, the others are a wildcard', () => {
    expect(at(['18', '17', '16'])).toMatchObject({ loci: { vWA: ['18', '*'] } });
  });

  it('leaves out a locus at which nothing is designated', () => {
    expect(at(['na', 'na'])).not.toHaveProperty('loci.vWA');
    expect(read({ amelogenin: ['?', '?'] })).not.toHaveProperty('amelogenin');
  });

  it('has six fully designated loci', () => {
    expect(read({ loci: { vWA: ['17', '18'] } })).toEqual(['dna.too-few-loci', '/loci', 'too-few-loci']);
    expect(read({ loci: { ...core, vWA: ['17', '*'] } })).toEqual(['dna.too-few-loci', '/loci', 'too-few-loci']);
    expect(read({ loci: { ...core, vWA: ['17', '18', '19'] } })).toMatchObject({ 0: 'dna.too-few-loci' });
  });

  it('is no mixture', () => {
    expect(at(['15', '16', '17', '18'])).toEqual(['dna.mixture', '/loci/vWA', 'mixture']);
    expect(read({ amelogenin: ['X', 'X', 'Y'] })).toEqual(['dna.mixture', '/amelogenin', 'mixture']);
  });

  it('of a person has six of the seven core loci; a trace need not', () => {
    const loci = { ...core, vWA: ['17', '*'], TPOX: ['8', '11'] };
    expect(read({ loci })).toEqual(['dna.core-loci-missing', '/loci', 'core-loci-missing']);
    expect(read({ kind: 'trace', loci })).toMatchObject({ loci: { TPOX: ['8', '11'] } });
  });

  it.each(['17.4', '-17', '170', '17.35', '1e2', '17.', '0.1', '0.2', '00.3'])('has no allele %s', (value) => {
    expect(at(['17', value])).toEqual(['dna.allele-invalid', '/loci/vWA/1', 'allele']);
  });

  it('has x.4 at pentanucleotides only', () => {
    expect(read({ loci: { ...core, 'Penta E': ['15.4', '7'] } })).toMatchObject({ loci: { 'Penta E': ['7', '15.4'] } });
  });

  it('has two values at a locus', () => {
    expect(at(['17'])).toEqual(['dna.allele-invalid', '/loci/vWA', 'pair']);
    expect(read({ amelogenin: ['X'] })).toEqual(['dna.allele-invalid', '/amelogenin', 'pair']);
  });

  it('names loci that are known, each once', () => {
    expect(read({ loci: { ...core, D99S9: ['1', '2'] } })).toEqual(['dna.locus-unknown', '/loci', 'locus']);
    expect(read({ loci: { ...core, VWA: ['17', '18'] } })).toEqual(['dna.locus-unknown', '/loci', 'locus-twice']);
  });

  it('is checked in one order', () => {
    const mixed = ['1', '2', '3', '17.9'];
    const codes = (loci: GivenProfile['loci']) => read({ loci }) as string[];
    expect(codes({ vWA: mixed })[0]).toBe('dna.too-few-loci');
    expect(codes({ ...core, D18S51: ['9', '10', '11', '17.9'] })[0]).toBe('dna.mixture');
    expect(codes({ ...core, vWA: ['*', '9'], TPOX: ['8', '9'], FES: ['17.9', '8'] })[0]).toBe('dna.core-loci-missing');
  });

  it('is the same when it is read again', () => {
    const { profile } = readProfile({ kind: 'trace', loci: { ...core, D18S51: ['9', '*'] } }) as { profile: never };
    expect(profileOf(genotypeOf(profile))).toEqual(profile);
    expect(readProfile({ kind: 'trace', ...(profile as object) } as GivenProfile)).toEqual({ profile });
  });
});
