/** Work that can be held back for a while: what has begun ends first, what comes waits. */
export class Pauses {
  readonly #running = new Set<Promise<unknown>>();
  #open: Promise<void> = Promise.resolve();

  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#open;
    const running = work();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Resolves when nothing runs any more; nothing begins until the answered function is called. */
  async pause(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = this.#open;
    this.#open = before.then(() => promise);
    await before;
    await Promise.allSettled([...this.#running]);
    return resolve;
  }
}
