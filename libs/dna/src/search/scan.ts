import { WORDS, type Column } from './column.ts';

/** What is asked of one locus. */
export interface Asked {
  column: Column;
  /** Whether both alleles asked for are the same. */
  same: boolean;
  /** For each bit of the alleles' numbers: -1 where it must be clear, 0 where it must be set. */
  first: Int32Array;
  second: Int32Array;
}

/** For each bit of a number, what to turn over so that a set bit says "as it should be". */
export const turned = (number: number, bits: number): Int32Array =>
  Int32Array.from({ length: bits }, (_, n) => ((number >> n) & 1 ? 0 : -1));

const NOBODY = new Uint32Array(0);

/**
 * Looks through one chunk, 32 profiles at a time, for those that differ from what is asked in one allele at most, and
 * leaves them as bits of `found`. Loci that leave the fewest come first: mostly three or four are enough to be rid of all
 * 32. A locus that a profile doesn't have says nothing of it.
 */
export function scan(chunk: number, used: Uint32Array, asked: readonly Asked[], found: Uint32Array): void {
  const slices = asked.map(({ column }) => column.chunks[chunk] ?? NOBODY);
  for (let word = 0; word < WORDS; word += 1) {
    let left = used[word]! | 0;
    let differing = 0;
    for (let n = 0; n < asked.length && left !== 0; n += 1) {
      const words = slices[n]!;
      const { first, second, same } = asked[n]!;
      const bits = first.length;
      let at = word * (1 + 2 * bits);
      // Who has it; then of these, whose first and second allele are the one asked for, and the other.
      const present = words[at]! & left;
      let [a1, a2, b1, b2] = [present, present, present, present];
      for (let bit = 0; bit < bits; bit += 1) {
        at += 1;
        const one = words[at]! | 0;
        const two = words[at + bits]! | 0;
        a1 &= one ^ first[bit]!;
        a2 &= two ^ first[bit]!;
        b1 &= one ^ second[bit]!;
        b2 &= two ^ second[bit]!;
      }
      const hasFirst = a1 | a2;
      const hasSecond = same ? a1 & a2 : b1 | b2;
      const one = hasFirst ^ hasSecond;
      // Gone where both alleles differ, or one does as one did before.
      left &= ~((present & ~(hasFirst | hasSecond)) | (one & differing));
      differing |= one;
    }
    found[word] = left;
  }
}
