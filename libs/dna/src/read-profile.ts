import { ABSENT, AMELOGENIN, readAllele, readAmelogenin, WILDCARD, type Allele } from './alleles.ts';
import { emptyGenotype, profileOf, setPair, type Genotype, type Profile } from './genotype.ts';
import { CORE, LOCI, locusNamed, type Locus } from './loci.ts';

export type ProfileKind = 'reference' | 'trace';

/** What a laboratory hands in: values as it writes them, under the names that it has for loci. */
export interface GivenProfile {
  kind: ProfileKind;
  loci: Readonly<Record<string, readonly string[]>>;
  amelogenin?: readonly string[];
}

export type ProfileFaultCode =
  'dna.locus-unknown' | 'dna.too-few-loci' | 'dna.mixture' | 'dna.core-loci-missing' | 'dna.allele-invalid';

/** Why a profile is refused: where, and by which rule. Never the value. */
export interface ProfileFault {
  code: ProfileFaultCode;
  path: string;
  rule: string;
  message: string;
}

/** As few designated loci as a profile may have, and a match of two: 2008/616/JHA, annex, chapter 1, 1.1 and 1.2. */
export const LEAST_LOCI = 6;

/** A locus of what was given. */
interface Given {
  locus: Locus;
  path: string;
  values: readonly string[];
  /** Null: a number that is no allele. */
  alleles: readonly (Allele | null)[];
}

/**
 * A profile in normal form, by the inclusion rules of 2008/616/JHA (annex, chapter 1, 1.1), or the first rule that it
 * breaks. Of three values the first is kept and the others become a wildcard; a locus without any designated value is
 * left out.
 */
export function readProfile(given: GivenProfile): { profile: Profile } | { fault: ProfileFault } {
  const loci = lociOf(given.loci);
  if ('fault' in loci) return loci;
  const fault = firstFault(given, loci.loci);
  if (fault) return { fault };
  const genotype = emptyGenotype();
  for (const { locus, alleles } of loci.loci) setPair(genotype, LOCI.indexOf(locus), pairOf(alleles as Allele[]));
  const amelogenin = given.amelogenin?.map(readAmelogenin);
  if (amelogenin) setPair(genotype, AMELOGENIN, pairOf(amelogenin));
  return { profile: profileOf(genotype) };
}

/** The alleles to compare a profile by that is in normal form. */
export function genotypeOf({ loci, amelogenin }: Profile): Genotype {
  const genotype = emptyGenotype();
  for (const [locus, values] of Object.entries(loci) as [Locus, [string, string]][]) {
    setPair(genotype, LOCI.indexOf(locus), pairOf(values.map((value) => readAllele(locus, value) ?? WILDCARD)));
  }
  if (amelogenin) setPair(genotype, AMELOGENIN, pairOf(amelogenin.map(readAmelogenin)));
  return genotype;
}

function lociOf(given: GivenProfile['loci']): { loci: Given[] } | { fault: ProfileFault } {
  const loci: Given[] = [];
  for (const [name, values] of Object.entries(given)) {
    const locus = locusNamed(name);
    if (locus === null || loci.some((other) => other.locus === locus)) return { fault: unknown(locus) };
    const alleles = values.map((value) => readAllele(locus, value));
    loci.push({ locus, path: `/loci/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, values, alleles });
  }
  return { loci };
}

// The name is the caller's own word: it isn't repeated.
const unknown = (locus: Locus | null): ProfileFault => ({
  code: 'dna.locus-unknown',
  path: '/loci',
  rule: locus === null ? 'locus' : 'locus-twice',
  message: locus === null ? 'A locus has a name that is not known' : `${locus} is given twice`,
});

const isDesignated = (allele: Allele | null): boolean => allele !== null && allele > WILDCARD;

/** Of three values only the first is kept. More than three are too many, but none is missing. */
function isFullyDesignated({ values, alleles }: Given): boolean {
  return values.length !== 3 && values.length > 1 && alleles.every((allele) => allele === null || isDesignated(allele));
}

function firstFault({ kind, amelogenin }: GivenProfile, loci: readonly Given[]): ProfileFault | null {
  const designated = loci.filter(isFullyDesignated);
  if (designated.length < LEAST_LOCI) return tooFew('dna.too-few-loci', `${LEAST_LOCI} loci or more`);
  const mixed = loci.find(({ values }) => values.length > 3);
  if (mixed) return fault('dna.mixture', mixed.path, 'mixture', 'More than three alleles: the profile is a mixture');
  if ((amelogenin?.length ?? 2) > 2)
    return fault('dna.mixture', '/amelogenin', 'mixture', 'More than two values: the profile is a mixture');
  const core = designated.filter(({ locus }) => CORE.includes(locus));
  if (kind === 'reference' && core.length < LEAST_LOCI)
    return tooFew('dna.core-loci-missing', `${LEAST_LOCI} of the loci ${CORE.join(', ')}`);
  return invalid(loci, amelogenin);
}

const fault = (code: ProfileFaultCode, path: string, rule: string, message: string): ProfileFault => {
  return { code, path, rule, message };
};

const tooFew = (code: ProfileFaultCode, what: string): ProfileFault =>
  fault(code, '/loci', code.slice('dna.'.length), `Two designated alleles are needed at ${what}`);

function invalid(loci: readonly Given[], amelogenin: readonly string[] | undefined): ProfileFault | null {
  for (const { locus, path, alleles } of loci) {
    if (alleles.length < 2) return fault('dna.allele-invalid', path, 'pair', 'A locus has two values');
    const wrong = alleles.indexOf(null);
    if (wrong >= 0) return fault('dna.allele-invalid', `${path}/${wrong}`, 'allele', `No allele of ${locus}`);
  }
  if (amelogenin && amelogenin.length < 2)
    return fault('dna.allele-invalid', '/amelogenin', 'pair', 'Amelogenin has two values');
  return null;
}

/** The pair that is compared. */
const pairOf = (alleles: readonly Allele[]): [Allele, Allele] =>
  alleles.length > 2 ? [alleles[0]!, WILDCARD] : [alleles[0] ?? ABSENT, alleles[1] ?? ABSENT];
