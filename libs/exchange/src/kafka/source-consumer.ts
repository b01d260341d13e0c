import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer } from 'kafkajs';
import { reasonOf } from '../log.ts';
import { untilDone } from '../waiting.ts';
import { assigner } from './assigner.ts';
import { connectionTo, type KafkaConnection } from './client.ts';
import { SourceReader, type ReaderSettings } from './source-reader.ts';
import { groupOf } from './topics.ts';

export interface ConsumerSettings extends ReaderSettings {
  connection: KafkaConnection;
  /** How long a member that isn't heard of keeps its sources, in milliseconds. */
  sessionMs: number;
  /** How long a fetch waits for entries, in milliseconds. */
  waitMs: number;
}

const FETCH_BYTES = 4 * 1024 * 1024;
/** How long the others wait for a member that has a batch in hand, before they share the sources without it. */
const REBALANCE_MS = 60_000;
/** How long a stop waits for a start that is under way. */
const STARTING_MS = 5000;

/** One member of a source's group: it joins, and joins anew for as long as it isn't stopped. */
export class SourceConsumer {
  readonly #stopping = new AbortController();
  readonly #stopped: Promise<void>;
  readonly #done: Promise<unknown>;

  constructor(private readonly settings: ConsumerSettings) {
    const { signal } = this.#stopping;
    this.#stopped = new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    const { source, options, pace, log } = settings;
    const onError = (error: unknown, tries: number) =>
      log.warn(`${options.group} cannot read ${source}, and joins anew, try ${tries}: ${reasonOf(error)}`);
    this.#done = untilDone(() => this.#takePart(), { pace, signal, onError });
  }

  /** Resolves after the batch in hand. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#done;
  }

  /** Until it is stopped. Throws where this member can't go on. */
  async #takePart(): Promise<void> {
    const { promise: failed, reject: fail } = Promise.withResolvers<never>();
    failed.catch(() => {});
    const consumer = this.#newConsumer();
    const reader = new SourceReader(consumer, this.settings, fail);
    const starting = this.#start(consumer, reader, fail);
    try {
      await Promise.race([starting, failed, this.#stopped]);
      await Promise.race([failed, this.#stopped]);
    } finally {
      reader.leave();
      await end(consumer, starting);
    }
  }

  #newConsumer(): Consumer {
    const { connection, options, topic, sessionMs, heartbeatMs, waitMs } = this.settings;
    return connectionTo(connection).consumer({
      groupId: groupOf(options.group, topic),
      partitionAssigners: [assigner],
      allowAutoTopicCreation: false,
      sessionTimeout: sessionMs,
      rebalanceTimeout: Math.max(REBALANCE_MS, sessionMs),
      heartbeatInterval: heartbeatMs,
      maxWaitTimeInMs: waitMs,
      maxBytesPerPartition: FETCH_BYTES,
      maxBytes: FETCH_BYTES,
      readUncommitted: true,
      retry: { initialRetryTime: 100, multiplier: 2, retries: 5, restartOnFailure: async () => false },
    });
  }

  async #start(consumer: Consumer, reader: SourceReader, fail: (error: unknown) => void): Promise<void> {
    const { topic } = this.settings;
    const { CRASH, GROUP_JOIN, REBALANCING } = consumer.events;
    consumer.on(CRASH, ({ payload }) => fail(payload.error));
    consumer.on(GROUP_JOIN, ({ payload }) => reader.joined(topic in payload.memberAssignment));
    consumer.on(REBALANCING, () => reader.leave());
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => reader.take(payload),
    });
  }
}

/** A start that is under way would connect again what was disconnected under it. */
async function end(consumer: Consumer, starting: Promise<void>): Promise<void> {
  const disconnect = () => consumer.disconnect().catch(() => {});
  const started = starting.catch(() => {});
  const inTime = await Promise.race([started.then(() => true), sleep(STARTING_MS, false, { ref: false })]);
  await disconnect();
  if (!inTime) void started.then(disconnect);
}
