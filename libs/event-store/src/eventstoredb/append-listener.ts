import { setTimeout as sleep } from 'node:timers/promises';
import { END, type AllStreamSubscription, type EventStoreDBClient } from '@eventstore/db-client';
import { toStoreError } from './errors.ts';
import { filterOf } from './scan.ts';

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

/** Where it is told that the server can't be heard. Pino's logger fits. */
export interface StoreLog {
  warn(data: object, message: string): void;
}

/**
 * Tells that there may be something to read, by a subscription to the log's end. One that drops is taken up again, for
 * as long as it takes; then all are told, because something may have been appended meanwhile.
 */
export class AppendListener {
  readonly #callbacks = new Set<() => void>();
  readonly #closing = new AbortController();
  #listening: Promise<void> | undefined;
  #running: Promise<void> | undefined;
  #subscription: AllStreamSubscription | undefined;
  #endListening: (why: Error) => void = () => {};
  #pause = FIRST_PAUSE;

  constructor(
    private readonly client: EventStoreDBClient,
    private readonly prefix: string,
    private readonly log: StoreLog | undefined,
  ) {}

  /** Resolves once the server has confirmed that it tells; throws where the first attempt fails. */
  async add(callback: () => void): Promise<() => Promise<void>> {
    this.#callbacks.add(callback);
    this.#listening ??= this.#start();
    try {
      await this.#listening;
    } catch (error) {
      this.#listening = undefined;
      this.#callbacks.delete(callback);
      throw toStoreError(error);
    }
    return async () => void this.#callbacks.delete(callback);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#callbacks.clear();
    this.#endListening(new Error('The event store is closed'));
    await this.#subscription?.unsubscribe().catch(() => {});
    await this.#running;
  }

  #start(): Promise<void> {
    return new Promise((resolve, reject) => {
      let confirmed = false;
      const onConfirmed = () => {
        confirmed = true;
        this.#pause = FIRST_PAUSE;
        resolve();
        this.#wake();
      };
      this.#running = this.#run(onConfirmed, (error) => {
        if (confirmed) return true;
        reject(error as Error);
        return false;
      });
    });
  }

  async #run(onConfirmed: () => void, goesOnAfter: (error: unknown) => boolean): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const error = await this.#listen(onConfirmed);
      if (!goesOnAfter(error) || this.#closing.signal.aborted) return;
      this.log?.warn({ err: error, prefix: this.prefix }, 'The event store cannot be heard; trying again');
      await sleep(this.#pause, undefined, { signal: this.#closing.signal }).catch(() => {});
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    }
  }

  /** Listens until the subscription ends, and answers why it did. */
  #listen(onConfirmed: () => void): Promise<unknown> {
    const subscription = this.client.subscribeToAll({
      fromPosition: END,
      filter: filterOf(this.prefix),
      requiresLeader: true,
    });
    this.#subscription = subscription;
    return new Promise((resolve) => {
      this.#endListening = resolve;
      subscription.on('confirmation', onConfirmed);
      subscription.on('data', () => this.#wake());
      subscription.on('error', resolve);
      subscription.on('end', () => resolve(new Error('The server ended the subscription')));
    });
  }

  #wake(): void {
    for (const callback of [...this.#callbacks]) callback();
  }
}
