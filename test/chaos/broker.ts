import type { Consumption, ConsumeOptions, Exchange, LogEntry } from '#exchange';

/** The logs of a seed's world, as far as they have come to be. */
export class Broker {
  readonly #come = new Map<string, number>();

  constructor(readonly logs: ReadonlyMap<string, LogEntry[]>) {}

  /** So many more entries of a source are there; null: all. */
  come(source: string, count: number | null): void {
    const all = this.logs.get(source)!.length;
    this.#come.set(source, count === null ? all : Math.min(all, (this.#come.get(source) ?? 0) + count));
  }

  from(source: string, offset: number, limit: number): LogEntry[] {
    const come = (this.logs.get(source) ?? []).slice(0, this.#come.get(source) ?? 0);
    const first = come.findIndex((entry) => entry.offset >= offset);
    return first < 0 ? [] : come.slice(first, first + limit);
  }

  readonly read = async (source: string, from: number, limit: number): Promise<LogEntry[]> =>
    this.from(source, from, limit);

  tail(source: string): LogEntry | null {
    return this.from(source, 0, Number.MAX_SAFE_INTEGER).at(-1) ?? null;
  }
}

interface Consumer {
  options: ConsumeOptions;
  /** Null: this instance hasn't had the source since it was last given it. */
  next: number | null;
}

/** The exchange as one instance has it: entries come when the schedule says so. */
export class Client implements Exchange {
  readonly #consumers = new Map<string, Consumer>();

  constructor(private readonly broker: Broker) {}

  async consume(options: ConsumeOptions): Promise<Consumption> {
    for (const source of options.sources) this.#consumers.set(source, { options, next: null });
    return { stop: async () => options.sources.forEach((source) => this.#consumers.delete(source)) };
  }

  follows(source: string): boolean {
    return this.#consumers.has(source);
  }

  /** The source is given to this instance, maybe again: it is asked where to go on. */
  give(source: string): void {
    const consumer = this.#consumers.get(source);
    if (consumer) consumer.next = null;
  }

  /** Hands the next entries over. Throws what the handler throws: then the same come again. */
  async deliver(source: string, limit: number): Promise<number> {
    const consumer = this.#consumers.get(source);
    if (!consumer) return 0;
    const { options } = consumer;
    consumer.next ??= await options.from(source);
    const entries = this.broker.from(source, consumer.next, limit);
    await options.onBatch(source, entries);
    consumer.next = Math.max(consumer.next, (entries.at(-1)?.offset ?? -1) + 1);
    return entries.length;
  }

  async declare(): Promise<void> {}

  async append(): Promise<void> {
    throw new Error('What is said is said before');
  }

  async tail(source: string): Promise<LogEntry | null> {
    return this.broker.tail(source);
  }

  async read(source: string, from: number, limit: number): Promise<LogEntry[]> {
    return this.broker.from(source, from, limit);
  }

  async announce(): Promise<void> {}

  async announced(): Promise<string | null> {
    return null;
  }

  async close(): Promise<void> {}
}
