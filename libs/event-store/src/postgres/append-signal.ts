import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel } from './channel.ts';

/** A net under lost notifications, such as those of a process that died between its commit and its NOTIFY. */
const POLL = 2_000;
/** How soon to look again while an older transaction holds back what is committed. */
const UNSETTLED_PAUSE = 10;

/**
 * Tells that there may be something to read: those in this process at once, other stores on the same data by a channel,
 * after the commit. (A NOTIFY within the append's transaction would take a lock that all of them wait for.)
 */
export class AppendSignal {
  readonly #callbacks = new Set<() => void>();
  readonly #self = randomUUID();
  #listening: Promise<() => Promise<void>> | undefined;
  #poll: NodeJS.Timeout | undefined;
  #calling: Promise<void> | undefined;
  #callAgain = false;
  #telling: Promise<void> | undefined;
  #tellAgain = false;
  #closed = false;

  constructor(
    private readonly channel: Channel,
    private readonly hasUnsettled: () => Promise<boolean>,
  ) {}

  async add(callback: () => void): Promise<() => Promise<void>> {
    this.#callbacks.add(callback);
    this.#poll ??= setInterval(() => this.#wake(), POLL).unref();
    this.#listening ??= this.channel.listen((from) => void (from === this.#self || this.#wake()));
    try {
      await this.#listening;
    } catch (error) {
      this.#listening = undefined;
      this.#callbacks.delete(callback);
      throw error;
    }
    return async () => void this.#callbacks.delete(callback);
  }

  /** To be called after each commit. */
  appended(): void {
    this.#wake();
    this.#tellAgain = true;
    this.#telling ??= this.#tell().finally(() => (this.#telling = undefined));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#callbacks.clear();
    clearInterval(this.#poll);
    const stop = await this.#listening?.catch(() => undefined);
    await stop?.().catch(() => {});
    await Promise.all([this.#calling, this.#telling]);
  }

  /** One word for all that was committed while the last was under way. */
  async #tell(): Promise<void> {
    while (this.#tellAgain) {
      this.#tellAgain = false;
      await this.channel.tell(this.#self).catch(() => {});
    }
  }

  #wake(): void {
    this.#callAgain = true;
    this.#calling ??= this.#call().finally(() => (this.#calling = undefined));
  }

  async #call(): Promise<void> {
    while (this.#callAgain && !this.#closed && this.#callbacks.size > 0) {
      this.#callAgain = false;
      for (const callback of [...this.#callbacks]) callback();
      if (await this.hasUnsettled().catch(() => false)) {
        this.#callAgain = true;
        await sleep(UNSETTLED_PAUSE);
      }
    }
  }
}
