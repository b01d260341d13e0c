/** The time for which this instance holds a source, from being given it until it is taken away or given up. */
export class Tenure {
  readonly #ending = new AbortController();
  readonly signal = this.#ending.signal;
  /** The offset to hand over next; null until the owner has told it. */
  next: number | null = null;

  get over(): boolean {
    return this.signal.aborted;
  }

  end(): void {
    this.#ending.abort();
  }
}
