import { ABSENT, AMELOGENIN, isMicroVariant, PLACES, WILDCARD, type Allele } from './alleles.ts';
import { nameOf, type Genotype } from './genotype.ts';
import { LOCI, type Locus } from './loci.ts';
import { LEAST_LOCI } from './read-profile.ts';

/** 1: all equal. Else one allele differs: 2 by a wildcard, 3 by a micro-variant, 4 otherwise. */
export type Quality = 1 | 2 | 3 | 4;

/** Where two profiles that meet differ. */
export interface Deviation {
  locus: Locus | 'amelogenin';
  by: 'wildcard' | 'micro-variant' | 'mismatch';
}

export interface Match {
  quality: Quality;
  /** Fully designated loci at which both are the same, amelogenin apart. */
  matched: number;
  deviation: Deviation | null;
}

/** What a member takes for a hit. */
export interface Thresholds {
  /** Matching loci, at least; never fewer than six. */
  loci: number;
  /** The poorest quality that counts. */
  quality: Quality;
}

export const DEFAULT_THRESHOLDS: Thresholds = { loci: LEAST_LOCI, quality: 4 };

export const meetsThresholds = ({ quality, matched }: Match, { loci, quality: poorest }: Thresholds): boolean =>
  matched >= Math.max(loci, LEAST_LOCI) && quality <= poorest;

const BY = { 2: 'wildcard', 3: 'micro-variant', 4: 'mismatch' } as const;

/** How a pair differs from another: in how many alleles, and the quality that the difference of one leaves. */
interface Difference {
  count: 0 | 1 | 2;
  quality: Quality;
}

/**
 * Compares two profiles as 2008/616/JHA says (annex, chapter 1, 1.2): at the loci that both have, in whichever order of a
 * pair's values they differ least. Null: no hit. It doesn't matter which of them is which.
 */
export function compare(a: Genotype, b: Genotype): Match | null {
  let matched = 0;
  let differing: { place: number; quality: Quality } | null = null;
  for (const place of PLACES) {
    if (a[2 * place] === ABSENT || b[2 * place] === ABSENT) continue;
    const { count, quality } = differenceAt(a, b, place);
    if (count === 0) matched += counts(a, place);
    else if (count === 1 && differing === null) differing = { place, quality };
    else return null;
  }
  return matched < LEAST_LOCI ? null : matchOf(matched, differing);
}

/** A locus that both have alike counts where it is fully designated; amelogenin doesn't. */
const counts = (genotype: Genotype, place: number): number =>
  place !== AMELOGENIN && genotype[2 * place + 1] !== WILDCARD ? 1 : 0;

function matchOf(matched: number, differing: { place: number; quality: Quality } | null): Match {
  if (differing === null) return { quality: 1, matched, deviation: null };
  const { place, quality } = differing;
  return { quality, matched, deviation: { locus: nameOf(place), by: BY[quality as keyof typeof BY] } };
}

function differenceAt(a: Genotype, b: Genotype, place: number): Difference {
  const [a1, a2] = [a[2 * place]!, a[2 * place + 1]!];
  const [b1, b2] = [b[2 * place]!, b[2 * place + 1]!];
  const straight = together(alone(place, a1, b1), alone(place, a2, b2));
  const crossed = together(alone(place, a1, b2), alone(place, a2, b1));
  return rank(straight) <= rank(crossed) ? straight : crossed;
}

const rank = ({ count, quality }: Difference): number => 10 * count + quality;

/** Of one allele of each: 1 where they are equal. */
function alone(place: number, a: Allele, b: Allele): Quality {
  if (a === b) return 1;
  if (a === WILDCARD || b === WILDCARD) return 2;
  return place !== AMELOGENIN && isMicroVariant(LOCI[place]!, a, b) ? 3 : 4;
}

function together(a: Quality, b: Quality): Difference {
  if (a === 1) return { count: b === 1 ? 0 : 1, quality: b };
  return { count: b === 1 ? 1 : 2, quality: a };
}
