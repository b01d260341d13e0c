import { reasonOf, type WorkerLog } from '../log.ts';
import type { ConsumeOptions, LogEntry } from '../port.ts';
import { Bell, untilDone, type Pace } from '../waiting.ts';
import type { Turns } from './turns.ts';

export interface ConsumerSettings {
  read(source: string, from: number): Promise<LogEntry[]>;
  turns: Turns;
  pollMs: number;
  pace: Pace;
  log: WorkerLog;
}

/** Carries one source to its handler. Each source has its own, so that a slow or failing one holds up no other. */
export class SourceConsumer {
  readonly bell = new Bell();
  readonly #stopping = new AbortController();
  readonly #done: Promise<void>;

  constructor(
    readonly source: string,
    private readonly options: ConsumeOptions,
    private readonly settings: ConsumerSettings,
  ) {
    this.#done = this.#run();
  }

  /** Resolves after the batch in hand. */
  stop(): Promise<void> {
    this.#stopping.abort();
    this.bell.ring();
    return this.#done;
  }

  async #run(): Promise<void> {
    const giveBack = await this.settings.turns.take(`${this.options.group}\n${this.source}`, this.#stopping.signal);
    if (!giveBack) return;
    try {
      const from = await this.#persist('its place', () => this.options.from(this.source));
      if (from !== null) await this.#goOn(from);
    } finally {
      giveBack();
    }
  }

  async #goOn(from: number): Promise<void> {
    let next = from;
    while (!this.#stopping.signal.aborted) {
      const place = next;
      const handled = await this.#persist(`offset ${place}`, () => this.#handle(place));
      next += handled ?? 0;
      if (handled === 0) await this.bell.wait(this.settings.pollMs);
    }
  }

  /** How many entries it handed over. Read again on each try: what is in the log counts, not what was once read. */
  async #handle(from: number): Promise<number> {
    const entries = await this.settings.read(this.source, from);
    if (entries.length === 0 || this.#stopping.signal.aborted) return 0;
    await this.options.onBatch(this.source, entries);
    return entries.at(-1)!.offset + 1 - from;
  }

  #persist<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    const { pace, log } = this.settings;
    const onError = (error: unknown, tries: number) =>
      log.warn(`${this.options.group} cannot read ${this.source} from ${what}, try ${tries}: ${reasonOf(error)}`);
    return untilDone(work, { pace, signal: this.#stopping.signal, onError });
  }
}
