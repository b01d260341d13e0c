/** Runs work of one name one after the other, in the order of asking; of different names beside each other. */
export class OneAtATime {
  readonly #last = new Map<string, Promise<unknown>>();

  run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.#last.get(name) ?? Promise.resolve()).then(work);
    const end = mine
      .catch(() => undefined)
      .then(() => {
        if (this.#last.get(name) === end) this.#last.delete(name);
      });
    this.#last.set(name, end);
    return mine;
  }
}
