import { LOCI, repeatOf, type Locus, type Repeat } from './loci.ts';

/** An allele as a number: ten times its repeats, and what is over: 9.3 is 93. Or one of the two below. */
export type Allele = number;

/** Nothing is known of the locus. */
export const ABSENT: Allele = 0;
/** Something is there, but not a designated allele. */
export const WILDCARD: Allele = 1;

const X: Allele = 2;
const Y: Allele = 3;

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const DESIGNATION = /^(\d{1,2})(?:\.(\d))?$/;
/** Said of what could not be designated: 2008/616/JHA. */
const NO_ALLELES: readonly number[] = [0, 1, 99];

/**
 * The allele that a value names at a locus: a wildcard where it is no number, or 0, 1 or 99. Null where it is a number
 * that no allele of the locus can have.
 */
export function readAllele(locus: Locus, value: string): Allele | null {
  const text = value.trim();
  if (!NUMBER.test(text) || NO_ALLELES.includes(Number(text))) return WILDCARD;
  const [, repeats, over = '0'] = DESIGNATION.exec(text) ?? [];
  // Of no repeats at all there is none; 0.2 would be taken for an X.
  if (repeats === undefined || Number(repeats) === 0 || Number(over) >= repeatOf(locus)) return null;
  return Number(repeats) * 10 + Number(over);
}

/** Of amelogenin: X, Y, or a wildcard for all else. */
export function readAmelogenin(value: string): Allele {
  const text = value.trim().toUpperCase();
  return text === 'X' ? X : text === 'Y' ? Y : WILDCARD;
}

/** As it is written: "9.3", "*". */
export function written(allele: Allele): string {
  if (allele === WILDCARD) return '*';
  if (allele === X || allele === Y) return allele === X ? 'X' : 'Y';
  return allele % 10 === 0 ? String(allele / 10) : (allele / 10).toFixed(1);
}

/** Ascending, wildcards last. */
export const inOrder = (a: Allele, b: Allele): number => rank(a) - rank(b);
const rank = (allele: Allele): number => (allele === WILDCARD ? Number.MAX_SAFE_INTEGER : allele);

/** How many bases it stands above none, in bases of a repeat. */
const bases = (allele: Allele, repeat: Repeat): number => Math.floor(allele / 10) * repeat + (allele % 10);

/**
 * Whether one is among those that 2008/616/JHA matches with the other: x.1 with x and x.2, x.3 of a tetranucleotide with
 * x.2 and x+1, and so on. Written out, these are the alleles that differ by a single base.
 */
export function isMicroVariant(locus: Locus, a: Allele, b: Allele): boolean {
  const repeat = repeatOf(locus);
  return Math.abs(bases(a, repeat) - bases(b, repeat)) === 1;
}

/** Where amelogenin stands in a genotype: behind the loci that may come yet. */
export const AMELOGENIN = 47;
/** Of a genotype's pairs: loci by their place in `LOCI`, then amelogenin. */
export const PLACES: readonly number[] = [...LOCI.keys(), AMELOGENIN];
