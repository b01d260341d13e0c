import { ABSENT, PLACES } from '../alleles.ts';
import { compare, type Match } from '../compare.ts';
import { emptyGenotype, type Genotype } from '../genotype.ts';
import { CHUNK, Column, WORDS } from './column.ts';
import { scan, turned, type Asked } from './scan.ts';

/** A profile that meets the one that was asked for. */
export interface Found extends Match {
  key: number;
}

/**
 * Profiles, sliced by bits, to be searched 32 at a time. A profile has a key, greater than all before; keys are all that
 * is kept beside the alleles.
 */
export class ProfileIndex {
  readonly #columns = new Map(PLACES.map((place) => [place, new Column(place)]));
  /** By slot, ascending. */
  #keys = new Float64Array(CHUNK);
  #slots = 0;
  #used: Uint32Array[] = [];
  #size = 0;
  readonly #found = new Uint32Array(WORDS);

  /** How many profiles are in it. */
  get size(): number {
    return this.#size;
  }

  /** The greatest key that it has ever been given. */
  get last(): number {
    return this.#slots === 0 ? 0 : this.#keys[this.#slots - 1]!;
  }

  /** Bytes of its arrays. */
  get bytes(): number {
    const columns = [...this.#columns.values()].flatMap(({ chunks }) => chunks);
    return [this.#keys, ...this.#used, ...columns].reduce((sum, array) => sum + (array?.byteLength ?? 0), 0);
  }

  add(key: number, genotype: Genotype): void {
    if (key <= this.last && this.#slots > 0) throw new RangeError('A profile comes with a key greater than all before');
    const slot = this.#slots;
    if (slot % CHUNK === 0) this.#grow();
    this.#keys[slot] = key;
    this.#slots += 1;
    for (const column of this.#columns.values()) column.put(slot, genotype);
    const within = slot % CHUNK;
    this.#used[(slot - within) / CHUNK]![within >> 5]! |= 1 << (within & 31);
    this.#size += 1;
  }

  /** Answers whether it was there. */
  remove(key: number): boolean {
    const slot = this.#slotOf(key);
    const within = slot % CHUNK;
    const used = this.#used[(slot - within) / CHUNK];
    const bit = 1 << (within & 31);
    if (slot < 0 || !used || (used[within >> 5]! & bit) === 0) return false;
    for (const column of this.#columns.values()) column.clear(slot);
    used[within >> 5]! &= ~bit;
    this.#size -= 1;
    return true;
  }

  /** Every profile that meets this one, by key. */
  search(genotype: Genotype): Found[] {
    const asked = this.#ask(genotype);
    const found: Found[] = [];
    for (const [chunk, used] of this.#used.entries()) {
      scan(chunk, used, asked, this.#found);
      for (const at of setBits(this.#found)) {
        const slot = chunk * CHUNK + at;
        const match = compare(genotype, this.#read(slot));
        if (match) found.push({ key: this.#keys[slot]!, ...match });
      }
    }
    return found;
  }

  #grow(): void {
    this.#used.push(new Uint32Array(WORDS));
    if (this.#keys.length > this.#slots) return;
    const keys = new Float64Array(this.#keys.length * 2);
    keys.set(this.#keys);
    this.#keys = keys;
  }

  #slotOf(key: number): number {
    let [low, high] = [0, this.#slots - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = this.#keys[middle]!;
      if (at === key) return middle;
      if (at < key) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #read(slot: number): Genotype {
    const genotype = emptyGenotype();
    for (const column of this.#columns.values()) {
      const pair = column.read(slot);
      if (pair) genotype.set(pair, 2 * column.place);
    }
    return genotype;
  }

  /** What is asked, first of the loci that leave the fewest. */
  #ask(genotype: Genotype): Asked[] {
    const asked: { one: Asked; leaves: number }[] = [];
    for (const column of this.#columns.values()) {
      const [a, b] = [genotype[2 * column.place]!, genotype[2 * column.place + 1]!];
      if (a === ABSENT || column.present === 0) continue;
      const { bits } = column;
      const [first, second] = [turned(column.numberOf(a), bits), turned(column.numberOf(b), bits)];
      const leaves = this.#size - column.present + column.countOf(a) + (a === b ? 0 : column.countOf(b));
      asked.push({ one: { column, same: a === b, first, second }, leaves });
    }
    return asked.sort((x, y) => x.leaves - y.leaves).map(({ one }) => one);
  }
}

function setBits(words: Uint32Array): number[] {
  const bits: number[] = [];
  for (let word = 0; word < words.length; word += 1) {
    for (let left = words[word]!; left !== 0; left &= left - 1) bits.push(word * 32 + 31 - Math.clz32(left & -left));
  }
  return bits;
}
