import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsumeOptions, LogEntry } from '../port.ts';

/** What several instances apply batches to, as they do to one database: an offset for each source, stored with it. */
export class Owner {
  /** What must not happen where no instance is cut off: entries that don't follow, two holders of a source at once. */
  readonly faults: string[] = [];
  readonly #values = new Map<string, string[]>();
  readonly #places = new Map<string, number>();
  readonly #busy = new Set<string>();
  #waiting: Array<() => void> = [];

  /** `ms`: how long it takes over a batch. */
  constructor(private readonly ms = 1) {}

  /** The part of one instance. */
  consumer(): Pick<ConsumeOptions, 'from' | 'onBatch'> {
    return {
      from: async (source) => this.#places.get(source) ?? 0,
      onBatch: (source, entries) => this.#take(source, entries),
    };
  }

  of(source: string): string[] {
    return this.#values.get(source) ?? [];
  }

  async until(source: string, count: number): Promise<void> {
    while (this.of(source).length < count) await this.progress();
  }

  /** Until something is applied, or a moment has passed. */
  async progress(): Promise<void> {
    await Promise.race([new Promise<void>((resolve) => this.#waiting.push(resolve)), sleep(200)]);
  }

  async #take(source: string, entries: LogEntry[]): Promise<void> {
    if (this.#busy.has(source)) this.faults.push(`two hold ${source}`);
    this.#busy.add(source);
    await sleep(this.ms);
    const place = this.#places.get(source) ?? 0;
    if (entries[0]!.offset === place) {
      this.#values.set(source, [...this.of(source), ...entries.map(({ value }) => value)]);
      this.#places.set(source, entries.at(-1)!.offset + 1);
    } else this.faults.push(`${source} at ${place} was given ${entries[0]!.offset}`);
    this.#busy.delete(source);
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
