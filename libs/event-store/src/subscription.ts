import type { EventStore, Position, StoredEvent, Subscription } from './port.ts';

const BATCH = 500;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 5_000;

type Handler = (events: StoredEvent[]) => Promise<void>;

/**
 * A subscription by reading on from a position whenever something was appended. A batch whose handler throws is read
 * and handed over again after a pause (doubling, at most 5 s), for as long as it takes.
 */
export async function catchUp(
  store: Pick<EventStore, 'readAll' | 'onAppend'>,
  after: Position | null,
  handler: Handler,
): Promise<Subscription> {
  const wake = new Latch();
  const stopListening = await store.onAppend(() => wake.open());
  const loop = new CatchUp(store, wake, handler, after);
  const done = loop.run();
  return {
    stop: async () => {
      loop.stop();
      await done;
      await stopListening();
    },
  };
}

class CatchUp {
  #stopped = false;
  #pause = FIRST_PAUSE;
  readonly #stop = new Latch();

  constructor(
    private readonly store: Pick<EventStore, 'readAll'>,
    private readonly wake: Latch,
    private readonly handler: Handler,
    private position: Position | null,
  ) {}

  stop(): void {
    this.#stopped = true;
    this.#stop.open();
    this.wake.open();
  }

  async run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#step();
        this.#pause = FIRST_PAUSE;
      } catch {
        await this.#stop.opened(this.#pause);
        this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
      }
    }
  }

  async #step(): Promise<void> {
    // Closed before reading: what is appended meanwhile opens it again, so that no wake-up is lost.
    this.wake.close();
    const events = await this.store.readAll(this.position, BATCH);
    if (this.#stopped) return;
    if (events.length === 0) return this.wake.opened();
    await this.handler(events);
    this.position = events.at(-1)!.position;
  }
}

/** Something to wait for that may happen before it is waited for. */
class Latch {
  #isOpen = false;
  #open: () => void = () => {};

  open(): void {
    this.#isOpen = true;
    this.#open();
  }

  close(): void {
    this.#isOpen = false;
  }

  /** Resolves once it is open, or after some milliseconds. */
  opened(atMost?: number): Promise<void> {
    if (this.#isOpen) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = atMost === undefined ? undefined : setTimeout(resolve, atMost);
      this.#open = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
