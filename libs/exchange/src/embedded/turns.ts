/** One holder at a time for each name; the others wait in the order in which they came. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Answers how to give the turn back, or null when `signal` aborted the wait. */
  async take(name: string, signal: AbortSignal): Promise<(() => void) | null> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const { promise: given, resolve: giveBack } = Promise.withResolvers<void>();
    const mine = before.then(() => given);
    this.#last.set(name, mine);
    void mine.then(() => this.#last.get(name) === mine && this.#last.delete(name));
    await Promise.race([before, aborted(signal)]);
    if (!signal.aborted) return giveBack;
    giveBack();
    return null;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
