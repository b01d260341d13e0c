import type { Kafka, Producer, RetryOptions } from 'kafkajs';
import type { Message } from '../port.ts';

/** What one request carries at most, in bytes, unless a single message is larger. The broker keeps or refuses it whole. */
const REQUEST_BYTES = 4 * 1024 * 1024;
const FIRST_PAUSE_MS = 100;

/** Writes one source's topic: one request at a time, each once, acknowledged by all replicas in sync. */
export class SourceProducer {
  #producer: Promise<Producer> | null = null;
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
    /** How long, about, it tries before it gives up, in milliseconds. */
    private readonly tryMs: number,
  ) {}

  /** When it rejects, the messages, or the first of them, may have been kept all the same. */
  append(messages: readonly Message[]): Promise<void> {
    const mine = this.#turn.then(() => this.#append(messages));
    this.#turn = mine.catch(() => {});
    return mine;
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#discard();
  }

  async #append(messages: readonly Message[]): Promise<void> {
    try {
      const producer = await (this.#producer ??= this.#connect());
      for (const batch of requestsOf(messages, REQUEST_BYTES)) {
        await producer.send({ topic: this.topic, acks: -1, timeout: 10_000, messages: batch });
      }
    } catch (error) {
      // It may count its requests otherwise than the broker now.
      await this.#discard();
      throw error;
    }
  }

  async #connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: () => () => 0,
      retry: this.#pauses(),
    });
    try {
      await producer.connect();
    } catch (error) {
      await producer.disconnect().catch(() => {});
      throw error;
    }
    return producer;
  }

  /** Doubled until together they are as long as it tries. */
  #pauses(): RetryOptions {
    const retries = Math.max(1, Math.ceil(Math.log2(this.tryMs / FIRST_PAUSE_MS)));
    return { initialRetryTime: FIRST_PAUSE_MS, factor: 0, multiplier: 2, maxRetryTime: this.tryMs, retries };
  }

  async #discard(): Promise<void> {
    const producer = await this.#producer?.catch(() => null);
    this.#producer = null;
    await producer?.disconnect().catch(() => {});
  }
}

/** Cuts messages, in order, into runs of no more bytes than given. */
export function requestsOf(messages: readonly Message[], bytes: number): Message[][] {
  const requests: Message[][] = [];
  let size = Infinity;
  for (const message of messages) {
    const more = Buffer.byteLength(message.key) + Buffer.byteLength(message.value);
    if (size + more > bytes) {
      requests.push([]);
      size = 0;
    }
    requests.at(-1)!.push({ key: message.key, value: message.value });
    size += more;
  }
  return requests;
}
