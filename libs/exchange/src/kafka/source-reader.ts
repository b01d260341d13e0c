import type { Consumer, EachBatchPayload } from 'kafkajs';
import { reasonOf, type WorkerLog } from '../log.ts';
import type { ConsumeOptions, LogEntry } from '../port.ts';
import { untilDone, type Pace } from '../waiting.ts';
import { entriesOf } from './log-reader.ts';
import { Tenure } from './tenure.ts';

export interface ReaderSettings {
  source: string;
  topic: string;
  options: ConsumeOptions;
  /** The offset after the topic's last entry. */
  endOf(topic: string): Promise<number>;
  /** The most entries of one onBatch. */
  batch: number;
  heartbeatMs: number;
  pace: Pace;
  log: WorkerLog;
}

/** Hands one source's entries to its owner, from the owner's place on, for as long as the group lets this member. */
export class SourceReader {
  #tenure = new Tenure();
  #inHand: Promise<void> = Promise.resolve();

  constructor(
    private readonly consumer: Consumer,
    private readonly settings: ReaderSettings,
    /** Told of what only a new membership can mend. */
    private readonly fail: (error: unknown) => void,
  ) {}

  /** The group has been shared out anew. Nothing is fetched until the owner has told its place. */
  joined(holds: boolean): void {
    this.#tenure.end();
    this.#tenure = new Tenure();
    this.consumer.pause([{ topic: this.settings.topic }]);
    if (holds) void this.#begin(this.#tenure).catch((error: unknown) => this.fail(error));
  }

  /** No more is handed over; what is in hand goes on. */
  leave(): void {
    this.#tenure.end();
  }

  take(payload: EachBatchPayload): Promise<void> {
    const taking = this.#take(this.#tenure, payload);
    this.#inHand = taking.catch(() => {});
    return taking;
  }

  async #begin(tenure: Tenure): Promise<void> {
    // What is still in hand from before may move the place.
    await this.#inHand;
    const next = await this.#persist(tenure, 'its place', () => this.#place());
    if (next === null || tenure.over) return;
    tenure.next = next;
    this.#goOnAt(next);
    this.consumer.resume([{ topic: this.settings.topic }]);
  }

  async #place(): Promise<number> {
    const { source, topic, options, endOf } = this.settings;
    const [next, end] = await Promise.all([options.from(source), endOf(topic)]);
    // Asked for more than there is, kafkajs would begin again at the beginning.
    if (next > end)
      throw new Error(`${topic} ends before offset ${end}, and ${next} is asked for: has it lost entries?`);
    return next;
  }

  #goOnAt(offset: number): void {
    this.consumer.seek({ topic: this.settings.topic, partition: 0, offset: String(offset) });
  }

  async #take(tenure: Tenure, { batch, heartbeat, resolveOffset }: EachBatchPayload): Promise<void> {
    if (tenure.over || tenure.next === null) return;
    const from = tenure.next;
    const entries = entriesOf(batch.messages).filter(({ offset }) => offset >= from);
    // Only the place moves it on, so that what was fetched from elsewhere is fetched again from there.
    if (entries.length === 0) return this.#goOnAt(from);
    for (let at = 0; at < entries.length && !tenure.over; at += this.settings.batch) {
      const handed = entries.slice(at, at + this.settings.batch);
      await this.#hand(tenure, handed, heartbeat);
      if (tenure.over) return;
      const last = handed.at(-1)!.offset;
      tenure.next = last + 1;
      resolveOffset(String(last));
    }
  }

  /** Hands entries over until they are taken or the tenure ends. The member stays alive in its group meanwhile. */
  async #hand(tenure: Tenure, entries: LogEntry[], heartbeat: () => Promise<void>): Promise<void> {
    let fault: unknown = null;
    const beat = () =>
      heartbeat().catch((error: unknown) => {
        fault ??= error;
        tenure.end();
      });
    const beating = setInterval(() => void beat(), this.settings.heartbeatMs);
    const handOver = async () => {
      // After a long sleep of the whole process another may hold the source: the broker knows.
      await beat();
      if (!tenure.over) await this.settings.options.onBatch(this.settings.source, entries);
    };
    await this.#persist(tenure, `offset ${entries[0]!.offset}`, handOver);
    clearInterval(beating);
    if (fault) throw this.#lost(fault);
  }

  /** kafkajs joins again where the group is shared out anew; where a heartbeat failed otherwise, a new member must. */
  #lost(fault: unknown): unknown {
    const { type } = fault as { type?: string };
    if (!REJOINS.has(type ?? '')) this.fail(fault);
    return fault;
  }

  #persist<T>(tenure: Tenure, what: string, work: () => Promise<T>): Promise<T | null> {
    const { source, options, pace, log } = this.settings;
    const onError = (error: unknown, tries: number) =>
      log.warn(`${options.group} cannot read ${source} from ${what}, try ${tries}: ${reasonOf(error)}`);
    return untilDone(work, { pace, signal: tenure.signal, onError });
  }
}

const REJOINS = new Set([
  'REBALANCE_IN_PROGRESS',
  'NOT_COORDINATOR_FOR_GROUP',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
]);
