import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf, SILENT, type WorkerLog } from '../log.ts';
import type { Consumption, ConsumeOptions, Exchange, LogEntry, Message } from '../port.ts';
import { PACE, type Pace } from '../waiting.ts';
import { connectionTo, type KafkaConnection } from './client.ts';
import { LogReader } from './log-reader.ts';
import { SourceConsumer } from './source-consumer.ts';
import { SourceProducer } from './source-producer.ts';
import { announcementsConfig, announcementsOf, topicConfig, topicOf } from './topics.ts';

export interface KafkaExchangeOptions extends KafkaConnection {
  /** What the topics' names begin with. */
  prefix?: string;
  /** Of a topic that declare() makes. */
  replicas?: number;
  /** The most entries of one onBatch. */
  batch?: number;
  /** How often a member tells its group that it lives, in milliseconds. */
  heartbeatMs?: number;
  /** How long a member that isn't heard of keeps its sources, in milliseconds. */
  sessionMs?: number;
  /** How long a fetch waits for entries, in milliseconds; a stop and a new share of the sources wait for it. */
  waitMs?: number;
  /** How long, about, an append is tried while the broker is away, in milliseconds. */
  tryMs?: number;
  /** A consumer's pauses after a failure. */
  pace?: Pace;
  log?: WorkerLog;
}

const DEFAULTS = {
  prefix: 'accord',
  replicas: 1,
  batch: 500,
  heartbeatMs: 1000,
  sessionMs: 10_000,
  waitMs: 500,
  tryMs: 10_000,
  pace: PACE,
  log: SILENT,
};

/**
 * The exchange on Kafka: a topic of one partition for each source. Connects where it is first used, so that a node
 * starts while the brokers are away. A broker's refusal, and a failure that lasts, rejects what was asked for;
 * consumers go on by themselves.
 */
export async function openKafkaExchange(options: KafkaExchangeOptions): Promise<Exchange> {
  return new KafkaExchange({ ...DEFAULTS, ...options });
}

class KafkaExchange implements Exchange {
  readonly #reader: LogReader;
  readonly #producers = new Map<string, SourceProducer>();
  readonly #consumers = new Set<SourceConsumer>();
  readonly #declared = new Set<string>();

  constructor(private readonly options: KafkaExchangeOptions & typeof DEFAULTS) {
    this.#reader = new LogReader(connectionTo(options));
  }

  declare(source: string): Promise<void> {
    return this.#declare(this.#topic(source), topicConfig(this.options.replicas));
  }

  async #declare(topic: string, configEntries: Array<{ name: string; value: string }>): Promise<void> {
    if (await this.#isDeclared(topic)) return;
    const admin = connectionTo(this.options).admin();
    try {
      await admin.connect();
      const made = { topic, numPartitions: 1, replicationFactor: this.options.replicas, configEntries };
      await admin.createTopics({ topics: [made], waitForLeaders: false });
      await this.#appears(topic);
    } catch (error) {
      throw new Error(`The topic ${topic} cannot be made: ${reasonOf(error)}`, { cause: error });
    } finally {
      await admin.disconnect().catch(() => {});
    }
  }

  async append(source: string, messages: readonly Message[]): Promise<void> {
    if (messages.length === 0) return;
    const topic = this.#topic(source);
    if (!(await this.#isDeclared(topic))) throw new Error(`The source ${source} has not been declared`);
    await this.#producerOf(topic).append(messages);
  }

  tail(source: string): Promise<LogEntry | null> {
    return this.#reader.tail(this.#topic(source));
  }

  read(source: string, from: number, limit: number): Promise<LogEntry[]> {
    return this.#reader.read(this.#topic(source), from, limit);
  }

  async consume(options: ConsumeOptions): Promise<Consumption> {
    const consumers = options.sources.map(
      (source) =>
        new SourceConsumer({
          ...this.options,
          connection: this.options,
          source,
          topic: this.#topic(source),
          options,
          endOf: async (topic) => (await this.#reader.bounds(topic)).end,
        }),
    );
    for (const consumer of consumers) this.#consumers.add(consumer);
    return { stop: () => this.#stop(consumers) };
  }

  async announce(source: string, text: string): Promise<void> {
    const topic = announcementsOf(source, this.options.prefix);
    await this.#declare(topic, announcementsConfig());
    await this.#producerOf(topic).append([{ key: source, value: text }]);
  }

  async announced(source: string): Promise<string | null> {
    const topic = announcementsOf(source, this.options.prefix);
    if (!(await this.#isDeclared(topic))) return null;
    return (await this.#reader.tail(topic))?.value ?? null;
  }

  async close(): Promise<void> {
    await this.#stop([...this.#consumers]);
    await Promise.all([...this.#producers.values()].map((producer) => producer.close()));
    await this.#reader.close();
  }

  async #stop(consumers: readonly SourceConsumer[]): Promise<void> {
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    for (const consumer of consumers) this.#consumers.delete(consumer);
  }

  async #isDeclared(topic: string): Promise<boolean> {
    if (!this.#declared.has(topic) && (await this.#reader.has(topic))) this.#declared.add(topic);
    return this.#declared.has(topic);
  }

  /** Some milliseconds after it was made. */
  async #appears(topic: string): Promise<void> {
    for (let tries = 0; tries < 500; tries += 1) {
      if (await this.#isDeclared(topic)) return;
      await sleep(10);
    }
    throw new Error('the broker has made it, and does not show it');
  }

  #producerOf(topic: string): SourceProducer {
    let producer = this.#producers.get(topic);
    if (!producer) {
      producer = new SourceProducer(connectionTo(this.options), topic, this.options.tryMs);
      this.#producers.set(topic, producer);
    }
    return producer;
  }

  #topic(source: string): string {
    return topicOf(source, this.options.prefix);
  }
}
