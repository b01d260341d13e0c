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
  readonly #sequences = new Map<string, number>();

  constructor(private readonly most = MOST) {}

  /** Those that may change what is stored. */
  unknown(reads: readonly FirstRead[]): FirstRead[] {
    return reads.filter((read) => !((this.#sequences.get(keyOf(read)) ?? Infinity) <= read.sequence));
  }

  /** After their commit. */
  remember(reads: readonly FirstRead[]): void {
    for (const read of reads) {
      const key = keyOf(read);
      this.#sequences.set(key, Math.min(read.sequence, this.#sequences.get(key) ?? Infinity));
    }
    for (const oldest of this.#sequences.keys()) {
      if (this.#sequences.size <= this.most) return;
      this.#sequences.delete(oldest);
    }
  }

  forget(): void {
    this.#sequences.clear();
  }
}

const keyOf = ({ member, record }: FirstRead): string => member + record;
