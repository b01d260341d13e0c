import { readPlaced, ZERO_HASH } from '#contracts';
import type { Exchange } from '#exchange';

export interface Said {
  sequence: number;
  hash: string;
  id: string;
  record: string;
  type: string;
}

const PAGE = 2_000;

/** All that a source's topic holds, read further each time, and whether it holds together. */
export class Topic {
  #offset = 0;
  readonly #bySequence = new Map<number, Said>();
  readonly #sequences = new Map<string, number>();
  /** Entries that came again, as they may. */
  repeated = 0;
  /** Two events at one place, or one event at two. */
  readonly doubled: string[] = [];
  /** What doesn't follow what is before it. */
  readonly torn: string[] = [];
  #checked = 0;

  constructor(
    private readonly exchange: Exchange,
    readonly source: string,
  ) {}

  async readOn(): Promise<void> {
    for (;;) {
      const entries = await this.exchange.read(this.source, this.#offset, PAGE);
      for (const { value } of entries) this.#take(value);
      this.#offset = (entries.at(-1)?.offset ?? this.#offset - 1) + 1;
      if (entries.length === 0) break;
    }
    this.#checked = this.#end();
  }

  #take(value: string): void {
    const { sequence, hash, id, subject, type, previous } = readPlaced(value);
    const before = this.#bySequence.get(sequence);
    if (before) {
      this.repeated += 1;
      if (before.hash !== hash) this.doubled.push(`${this.source}: two events at ${sequence}`);
      return;
    }
    const elsewhere = this.#sequences.get(id);
    if (elsewhere !== undefined) this.doubled.push(`${this.source}: event ${id} at ${elsewhere} and ${sequence}`);
    this.#sequences.set(id, sequence);
    this.#bySequence.set(sequence, { sequence, hash, id, record: subject, type });
    this.#previous.set(sequence, previous);
  }

  readonly #previous = new Map<number, string>();

  /** The last sequence before the first that is missing. */
  #end(): number {
    let at = this.#checked;
    for (let next = this.#bySequence.get(at + 1); next; next = this.#bySequence.get(at + 1)) {
      const before = at === 0 ? ZERO_HASH : this.#bySequence.get(at)!.hash;
      if (this.#previous.get(at + 1) !== before) this.torn.push(`${this.source}: ${at + 1} doesn't follow ${at}`);
      at += 1;
    }
    return at;
  }

  /** In the source's order, up to the first hole. */
  get said(): Said[] {
    return Array.from({ length: this.#checked }, (_, n) => this.#bySequence.get(n + 1)!);
  }

  /** Sequences that lie beyond a hole. */
  get beyond(): number {
    return this.#bySequence.size - this.#checked;
  }
}
