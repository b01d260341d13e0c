import { ABSENT, WILDCARD, type Allele } from '../alleles.ts';
import type { Quality } from '../compare.ts';
import type { Genotype } from '../genotype.ts';
import { LOCI } from '../loci.ts';
import { DEFAULT_FREQUENCIES, type Frequencies } from './frequencies.ts';

/** Of the share of alleles that people of one population have from common forebears. */
const THETA = 0.01;

/** How probable it is that a stranger's pair at a locus is the same, or differs in one allele. */
interface Chance {
  equal: number;
  one: number;
}

/**
 * How probable it is that the profile of a person who has nothing to do with it meets this one at these places, with this
 * quality or a better one. After Balding and Nichols (NRC II, recommendation 4.10) with θ = 0.01, so that strangers of one
 * population count as somewhat alike; loci whose frequencies aren't known, and amelogenin, are taken to say nothing.
 */
export function matchProbability(
  genotype: Genotype,
  places: readonly number[],
  quality: Quality,
  frequencies: Frequencies = DEFAULT_FREQUENCIES,
): number {
  const chances = places.map((place) => chanceAt(genotype, place, frequencies)).filter((chance) => chance !== null);
  // Of all equal so far, and of one that differs so far.
  let [equal, one] = [1, 0];
  for (const chance of chances) {
    one = one * chance.equal + equal * chance.one;
    equal *= chance.equal;
  }
  return Math.min(1, quality === 1 ? equal : equal + one);
}

/** Places at which two profiles are compared. */
export const commonPlaces = (a: Genotype, b: Genotype): number[] =>
  [...LOCI.keys()].filter((place) => a[2 * place] !== ABSENT && b[2 * place] !== ABSENT);

function chanceAt(genotype: Genotype, place: number, frequencies: Frequencies): Chance | null {
  const [first, second] = [genotype[2 * place]!, genotype[2 * place + 1]!];
  const p = frequencies.of(place, first);
  if (p === null) return null;
  if (second === WILDCARD) return { equal: 0, one: hasEither(p, 0) };
  const q = frequencies.of(place, second)!;
  const equal = equalPair(first, second, p, q);
  return { equal, one: Math.max(0, hasEither(p, first === second ? 0 : q) - equal) };
}

function equalPair(first: Allele, second: Allele, p: number, q: number): number {
  const scale = (1 + THETA) * (1 + 2 * THETA);
  const near = (frequency: number, times: number) => times * THETA + (1 - THETA) * frequency;
  return first === second ? (near(p, 2) * near(p, 3)) / scale : (2 * near(p, 1) * near(q, 1)) / scale;
}

/** Of a pair with at least one of alleles that occur this often. */
const hasEither = (p: number, q: number): number => 1 - (1 - Math.min(1, p + q + THETA)) ** 2;
