/** A member was served a record, when its originator's source had been applied to here. */
export interface FirstRead {
  member: string;
  record: string;
  sequence: number;
  at: string;
}

const MOST = 200_000;

/**
 * First reads that are known to be stored, so that they needn't be stored again. It holds nothing that isn't durable, and
 * a stored one only ever gets an earlier sequence: whatever other instances write, and however much of this is forgotten,
 * what it leaves out has been written.
 */
export class FirstReads {
  /** By member, then by record. */
  readonly #sequences = new Map<string, Map<string, number>>();
  #size = 0;

  constructor(private readonly most = MOST) {}

  /** Whether it may change what is stored. */
  isNews(member: string, record: string, sequence: number): boolean {
    return !((this.#sequences.get(member)?.get(record) ?? Infinity) <= sequence);
  }

  /** After their commit. */
  remember(reads: readonly FirstRead[]): void {
    for (const { member, record, sequence } of reads) {
      const known = this.#sequences.get(member) ?? new Map<string, number>();
      this.#sequences.set(member, known);
      if (!known.has(record)) this.#size += 1;
      known.set(record, Math.min(sequence, known.get(record) ?? Infinity));
      if (this.#size > this.most) this.#forgetOne();
    }
  }

  forget(): void {
    this.#sequences.clear();
    this.#size = 0;
  }

  /** The oldest of the member that has most: one that reads much must not keep the others' out. */
  #forgetOne(): void {
    let most = new Map<string, number>();
    for (const known of this.#sequences.values()) if (known.size > most.size) most = known;
    for (const oldest of most.keys()) {
      most.delete(oldest);
      this.#size -= 1;
      return;
    }
  }
}
