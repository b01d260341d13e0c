import type { SigningKey } from '#contracts';
import type { EventStore } from '#event-store';
import { reasonOf, SILENT, type WorkerLog } from '../log.ts';
import type { Exchange } from '../port.ts';
import { Bell, Halt, PACE, untilDone, type Pace } from '../waiting.ts';
import { placeBatch, type Place } from './batch.ts';
import { resume } from './resume.ts';

export interface RelayOptions {
  source: string;
  store: EventStore;
  exchange: Exchange;
  signingKey: SigningKey;
  /**
   * Called with the records of a batch before it is appended, at least once for each, in order. Must deliver no key of
   * an erased record. When it rejects, the batch waits.
   */
  deliverKeys(records: string[]): Promise<void>;
  /** The most events of one batch. */
  batch?: number;
  /** How often to look without having been woken, in milliseconds. */
  pollMs?: number;
  /** The pauses after a failure. */
  pace?: Pace;
  log?: WorkerLog;
}

/** Sequences of the source. */
export interface RelayStatus {
  /** Stored to be relayed. */
  released: number;
  /** On the exchange. 0 until the topic's tail could be read. */
  relayed: number;
  /** Why it has stopped for good, if it has: somebody must look. */
  halted?: string;
}

export interface Relay {
  status(): Promise<RelayStatus>;
  /** When the oldest event happened that isn't on the exchange, in milliseconds since the epoch. Null: none, or unknown. */
  waitingSince(): Promise<number | null>;
  /** Resolves when all that the store had published at the call is on the exchange. Rejects when it halts or stops. */
  idle(): Promise<void>;
  /** Ends it after the batch in hand. */
  stop(): Promise<void>;
}

/**
 * Carries what a store releases to the exchange: in order, at least once, each with its place in the source's chain, the
 * last of a batch signed. Keys go before the events that need them. Failures are tried again, nothing is skipped; an
 * event or a tail that can't be right halts it, loudly. There must be one store, so one relay, for each source.
 */
export function startRelay(options: RelayOptions): Relay {
  return new StoreRelay({ batch: 500, pollMs: 1000, pace: PACE, log: SILENT, ...options });
}

interface Waiter {
  /** The sequence that it waits for. */
  target: number;
  resolve(): void;
  reject(error: Error): void;
}

class StoreRelay implements Relay {
  readonly #bell = new Bell();
  readonly #stopping = new AbortController();
  readonly #done: Promise<void>;
  #waiters: Waiter[] = [];
  /** Null where it must be read from the tail: at first, and whenever an append may or may not have happened. */
  #place: Place | null = null;
  #lastPlace: Place | null = null;
  #ended: Error | null = null;

  constructor(private readonly options: Required<RelayOptions>) {
    this.#done = this.#run().then(
      () => this.#end(this.#stopped()),
      (error: Error) => this.#halt(error),
    );
  }

  async status(): Promise<RelayStatus> {
    const place = this.#lastPlace;
    const released = (place?.sequence ?? 0) + (await this.options.store.countPublished(place?.position ?? null));
    const relayed = Math.min(this.#lastPlace?.sequence ?? 0, released);
    return { released, relayed, ...(this.#ended instanceof Halt && { halted: this.#ended.message }) };
  }

  async waitingSince(): Promise<number | null> {
    const place = this.#lastPlace;
    const [first] = place ? await this.options.store.readPublished(place.position, 1) : [];
    return first ? Date.parse((JSON.parse(first.publish) as { time: string }).time) : null;
  }

  async idle(): Promise<void> {
    const status = await this.#persist(() => this.status());
    if (!status || this.#ended) throw this.#ended ?? this.#stopped();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiters.push({ target: status.released, resolve, reject });
    this.#tellWaiters();
    return promise;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#bell.ring();
    await this.#done;
  }

  async #run(): Promise<void> {
    const { store, exchange, source, pollMs } = this.options;
    const unsubscribe = await this.#persist(() => store.onAppend(() => this.#bell.ring()));
    try {
      await this.#persist(() => exchange.declare(source));
      while (!this.#stopping.signal.aborted) {
        const relayed = await this.#persist(() => this.#relayBatch());
        this.#tellWaiters();
        if (relayed === 0) await this.#bell.wait(pollMs);
      }
    } finally {
      await unsubscribe?.();
    }
  }

  /** How many events it relayed. */
  async #relayBatch(): Promise<number> {
    const { source, store, exchange, signingKey, batch } = this.options;
    const start = (this.#place ??= await resume({ source, store, exchange, signingKey }));
    this.#lastPlace = start;
    const events = await store.readPublished(start.position, batch);
    if (events.length === 0) return 0;
    const { messages, records, end } = placeBatch(source, start, events, signingKey);
    await this.options.deliverKeys(records);
    // Whether a failed append was stored all the same, only the tail knows.
    this.#place = null;
    await exchange.append(source, messages);
    this.#place = this.#lastPlace = end;
    return events.length;
  }

  #tellWaiters(): void {
    const place = this.#lastPlace;
    if (!place) return;
    const waiting = Map.groupBy(this.#waiters, ({ target }) => target > place.sequence);
    this.#waiters = waiting.get(true) ?? [];
    for (const waiter of waiting.get(false) ?? []) waiter.resolve();
  }

  #persist<T>(work: () => Promise<T>): Promise<T | null> {
    const { source, pace, log } = this.options;
    const onError = (error: unknown, tries: number) =>
      log.warn(`The relay of ${source} failed, try ${tries}: ${reasonOf(error)}`);
    return untilDone(work, { pace, signal: this.#stopping.signal, onError });
  }

  #stopped(): Error {
    return new Error(`The relay of ${this.options.source} was stopped`);
  }

  #halt(error: Error): void {
    this.options.log.error(`The relay of ${this.options.source} has halted: ${error.message}`);
    this.#end(error instanceof Halt ? error : new Halt(error.message));
  }

  #end(error: Error): void {
    this.#ended = error;
    for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
  }
}
