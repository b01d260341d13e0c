import { ABSENT, AMELOGENIN, inOrder, WILDCARD, written, type Allele } from './alleles.ts';
import { LOCI, type Locus } from './loci.ts';

/** A profile in normal form, as it is stored and sent: two values a locus, ascending, wildcards last. */
export interface Profile {
  loci: Partial<Record<Locus, [string, string]>>;
  amelogenin?: [string, string];
}

/**
 * A profile to compare by: two alleles for each place of `PLACES`, ascending with wildcards last, both ABSENT where the
 * locus was not typed.
 */
export type Genotype = Uint16Array;

export const WIDTH = 2 * (AMELOGENIN + 1);

export const emptyGenotype = (): Genotype => new Uint16Array(WIDTH);

/** Puts a locus' pair in its place. A pair without any designated allele says nothing: it stays away. */
export function setPair(genotype: Genotype, place: number, pair: readonly [Allele, Allele]): void {
  const [first, second] = pair[0] === WILDCARD && pair[1] === WILDCARD ? [ABSENT, ABSENT] : [...pair].sort(inOrder);
  genotype[2 * place] = first!;
  genotype[2 * place + 1] = second!;
}

const pairAt = (genotype: Genotype, place: number): [string, string] | null =>
  genotype[2 * place] === ABSENT ? null : [written(genotype[2 * place]!), written(genotype[2 * place + 1]!)];

/** As it is written. */
export function profileOf(genotype: Genotype): Profile {
  const loci: Profile['loci'] = {};
  for (const [place, locus] of LOCI.entries()) {
    const pair = pairAt(genotype, place);
    if (pair) loci[locus] = pair;
  }
  const amelogenin = pairAt(genotype, AMELOGENIN);
  return { loci, ...(amelogenin && { amelogenin }) };
}

/** What stands at a place of `PLACES`. */
export const nameOf = (place: number): Locus | 'amelogenin' =>
  place === AMELOGENIN ? 'amelogenin' : (LOCI[place] as Locus);
