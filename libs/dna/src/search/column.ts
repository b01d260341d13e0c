import { ABSENT, type Allele } from '../alleles.ts';
import type { Genotype } from '../genotype.ts';

/** Profiles of a chunk, 32 to a word. */
export const WORDS = 1024;
export const CHUNK = WORDS * 32;
const NOTHING = new Uint32Array(0);

/**
 * One locus of all profiles, in slices: bit p of a word says something of profile p of 32. For each word there is one
 * that says who has the locus, then one for each bit of the number of the first allele, then of the second. An allele's
 * number is given out when it is first met, so that common loci need few bits.
 */
export class Column {
  readonly #numbers = new Map<Allele, number>();
  readonly #alleles: Allele[] = [];
  #bits = 2;
  /** By number of the chunk; none where no profile of it has the locus. */
  readonly chunks: (Uint32Array | undefined)[] = [];
  /** How many profiles have it, and how many have each allele. */
  present = 0;
  readonly #counts = new Map<Allele, number>();

  // Written out: the thread's sources run as they are, and Node strips types alone.
  readonly place: number;
  constructor(place: number) {
    this.place = place;
  }

  /** Of an allele's number. */
  get bits(): number {
    return this.#bits;
  }

  /** Words of the slices beside each other. */
  get stride(): number {
    return 1 + 2 * this.#bits;
  }

  /** An allele that no profile has ever had gets the number that is never given out. */
  numberOf(allele: Allele): number {
    return this.#numbers.get(allele) ?? (1 << this.#bits) - 1;
  }

  countOf(allele: Allele): number {
    return this.#counts.get(allele) ?? 0;
  }

  put(slot: number, genotype: Genotype): void {
    const [first, second] = [genotype[2 * this.place]!, genotype[2 * this.place + 1]!];
    if (first === ABSENT) return;
    const numbers = [this.#take(first), this.#take(second)] as const;
    const { words, at, bit } = this.#where(slot, true);
    words[at]! |= bit;
    for (let n = 0; n < this.#bits; n += 1) {
      if ((numbers[0] >> n) & 1) words[at + 1 + n]! |= bit;
      if ((numbers[1] >> n) & 1) words[at + 1 + this.#bits + n]! |= bit;
    }
    this.present += 1;
    this.#count([first, second], 1);
  }

  clear(slot: number): void {
    const pair = this.read(slot);
    if (!pair) return;
    const { words, at, bit } = this.#where(slot);
    for (let n = 0; n < this.stride; n += 1) words[at + n]! &= ~bit;
    this.present -= 1;
    this.#count(pair, -1);
  }

  read(slot: number): [Allele, Allele] | null {
    const { words, at, bit } = this.#where(slot);
    if (((words[at] ?? 0) & bit) === 0) return null;
    let [first, second] = [0, 0];
    for (let n = 0; n < this.#bits; n += 1) {
      if (words[at + 1 + n]! & bit) first |= 1 << n;
      if (words[at + 1 + this.#bits + n]! & bit) second |= 1 << n;
    }
    return [this.#alleles[first]!, this.#alleles[second]!];
  }

  #where(slot: number, make = false): { words: Uint32Array; at: number; bit: number } {
    const within = slot % CHUNK;
    const chunk = (slot - within) / CHUNK;
    if (make) this.chunks[chunk] ??= new Uint32Array(WORDS * this.stride);
    const words = this.chunks[chunk] ?? NOTHING;
    return { words, at: (within >> 5) * this.stride, bit: 1 << (within & 31) };
  }

  #count(pair: readonly [Allele, Allele], by: number): void {
    for (const allele of new Set(pair)) this.#counts.set(allele, this.countOf(allele) + by);
  }

  /** The number of an allele that is to be put in. */
  #take(allele: Allele): number {
    const known = this.#numbers.get(allele);
    if (known !== undefined) return known;
    if (this.#alleles.length === (1 << this.#bits) - 1) this.#widen();
    this.#numbers.set(allele, this.#alleles.length);
    return this.#alleles.push(allele) - 1;
  }

  /** One bit more for each allele; what is there has it clear. */
  #widen(): void {
    const [bits, stride] = [this.#bits, this.stride];
    this.#bits += 1;
    for (const [n, old] of this.chunks.entries()) {
      if (!old) continue;
      const wider = new Uint32Array(WORDS * this.stride);
      for (let word = 0; word < WORDS; word += 1) {
        const [from, to] = [word * stride, word * this.stride];
        wider.set(old.subarray(from, from + 1 + bits), to);
        wider.set(old.subarray(from + 1 + bits, from + stride), to + 1 + this.#bits);
      }
      this.chunks[n] = wider;
    }
  }
}
