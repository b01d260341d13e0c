import type { LogEntry } from '../port.ts';

/** Holds a handler until it is opened. */
export class Gate {
  readonly #opened = Promise.withResolvers<void>();
  readonly #reached = Promise.withResolvers<void>();
  readonly reached = this.#reached.promise;

  open(): void {
    this.#opened.resolve();
  }

  pass(): Promise<void> {
    this.#reached.resolve();
    return this.#opened.promise;
  }
}

/** A consumer that keeps what it got and its place, and fails or waits as it is told. */
export class Journal {
  /** How many more batches of a source fail. */
  readonly failures = new Map<string, number>();
  readonly gates = new Map<string, Gate>();
  /** How many more times it doesn't know its place. */
  unknownPlaces = 0;
  readonly #places: Map<string, number>;
  readonly #batches = new Map<string, LogEntry[][]>();
  readonly #attempts = new Map<string, number[]>();
  #waiting: Array<() => void> = [];

  constructor(places: Record<string, number> = {}) {
    this.#places = new Map(Object.entries(places));
  }

  next(source: string): number {
    if (this.unknownPlaces > 0) {
      this.unknownPlaces -= 1;
      throw new Error('The place cannot be read');
    }
    return this.#places.get(source) ?? 0;
  }

  async take(source: string, entries: LogEntry[]): Promise<void> {
    this.#attempts.set(source, [...this.attempts(source), entries[0]!.offset]);
    this.#wake();
    await this.gates.get(source)?.pass();
    const failures = this.failures.get(source) ?? 0;
    if (failures > 0) {
      this.failures.set(source, failures - 1);
      throw new Error('The batch cannot be applied');
    }
    this.#batches.set(source, [...this.batches(source), entries]);
    this.#places.set(source, entries.at(-1)!.offset + 1);
    this.#wake();
  }

  batches(source: string): LogEntry[][] {
    return this.#batches.get(source) ?? [];
  }

  /** The first offset of each batch that came, also of those that failed. */
  attempts(source: string): number[] {
    return this.#attempts.get(source) ?? [];
  }

  of(source: string): string[] {
    return this.batches(source).flatMap((batch) => batch.map(({ value }) => value));
  }

  offsets(source: string): number[] {
    return this.batches(source).flatMap((batch) => batch.map(({ offset }) => offset));
  }

  /** Until it has come to an offset. */
  until(source: string, next: number): Promise<void> {
    return this.#until(() => (this.#places.get(source) ?? 0) >= next);
  }

  untilAttempts(source: string, count: number): Promise<void> {
    return this.#until(() => this.attempts(source).length >= count);
  }

  async #until(is: () => boolean): Promise<void> {
    while (!is()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
