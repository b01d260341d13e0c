import { setTimeout as sleep } from 'node:timers/promises';

interface Waiting<One, Result> {
  one: One;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

interface Ways {
  /** How many share a batch at the most. */
  most: number;
  /** After a batch of at least `crowd` the next one is gathered for `ms` milliseconds: whoever comes alone waits for nothing. */
  gathering?: { crowd: number; ms: number };
  /** Whether those of a batch that failed with this error are tried one by one, so that one doesn't fail its neighbours. */
  apart?: (error: unknown) => boolean;
}

/** What many ask for at the same time is done together: what comes while a batch is under way shares the next one. */
export class Together<One, Result = void> {
  #waiting: Waiting<One, Result>[] = [];
  #working = false;

  /** `work` answers the results of a batch in its order, if they have any; batches are done one after the other. */
  constructor(
    private readonly work: (batch: readonly One[]) => Promise<readonly Result[] | void>,
    private readonly ways: Ways,
  ) {}

  /** Resolves with its own result. Throws what the work of its batch threw. */
  add(one: One): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ one, resolve, reject });
      if (!this.#working) void this.#workOff();
    });
  }

  async #workOff(): Promise<void> {
    const { most, gathering } = this.ways;
    this.#working = true;
    for (let shared = 0; this.#waiting.length > 0;) {
      if (gathering && shared >= gathering.crowd && this.#waiting.length < most) await sleep(gathering.ms);
      const batch = this.#waiting.splice(0, most);
      shared = batch.length;
      await this.#settle(batch);
    }
    this.#working = false;
  }

  async #settle(batch: readonly Waiting<One, Result>[]): Promise<void> {
    try {
      const results = await this.work(batch.map(({ one }) => one));
      batch.forEach(({ resolve }, i) => resolve(results?.[i] as Result));
    } catch (error) {
      if (batch.length > 1 && this.ways.apart?.(error)) for (const one of batch) await this.#settle([one]);
      else batch.forEach(({ reject }) => reject(error));
    }
  }
}
