import type { Broker, Cluster, Kafka } from 'kafkajs';
import type { LogEntry } from '../port.ts';
import { clusterOf, isFault } from './client.ts';

/** What a fetch of one partition answers. */
interface Fetched {
  highWatermark: string;
  messages: Array<{ offset: string; key: Buffer | null; value: Buffer | null; isControlRecord?: boolean }>;
}

const READ_UNCOMMITTED = 0;
const FETCH_BYTES = 4 * 1024 * 1024;
const TRIES = 3;

/** Reads single places of topics, in no group. */
export class LogReader {
  readonly #cluster: Cluster;
  #connecting: Promise<void> | null = null;

  constructor(kafka: Kafka) {
    this.#cluster = clusterOf(kafka);
  }

  /** Whether the topic is there, and this client may know of it. */
  async has(topic: string): Promise<boolean> {
    try {
      await this.#trying(() => this.#leader(topic));
      return true;
    } catch (error) {
      if (isFault(error, 'UNKNOWN_TOPIC_OR_PARTITION')) return false;
      throw error;
    }
  }

  /** The offset of the topic's first entry, and the one after its last. */
  bounds(topic: string): Promise<{ first: number; end: number }> {
    return this.#trying(async () => {
      await this.#leader(topic);
      const [first, end] = await Promise.all([this.#offset(topic, true), this.#offset(topic, false)]);
      return { first, end };
    });
  }

  async tail(topic: string): Promise<LogEntry | null> {
    const { first, end } = await this.bounds(topic);
    // The last offset may be a marker, which is no entry.
    for (let at = end - 1; at >= first; at -= 1) {
      const [entry] = (await this.#fetch(topic, at)).entries;
      if (entry) return entry;
    }
    return null;
  }

  async read(topic: string, from: number, limit: number): Promise<LogEntry[]> {
    const found: LogEntry[] = [];
    let next = from;
    while (found.length < limit) {
      const { entries, after, end } = await this.#fetch(topic, next);
      for (const entry of entries) found.push(entry);
      next = after;
      if (next >= end) break;
    }
    return found.slice(0, limit);
  }

  async close(): Promise<void> {
    if (!this.#connecting) return;
    await this.#connecting.catch(() => {});
    await this.#cluster.disconnect().catch(() => {});
  }

  async #fetch(topic: string, from: number): Promise<{ entries: LogEntry[]; after: number; end: number }> {
    return this.#trying(async () => {
      const broker = await this.#leader(topic);
      const partition = { partition: 0, fetchOffset: String(from), maxBytes: FETCH_BYTES };
      const request = { isolationLevel: READ_UNCOMMITTED, maxWaitTime: 0, minBytes: 0, maxBytes: FETCH_BYTES };
      const { responses } = (await broker
        .fetch({ ...request, topics: [{ topic, partitions: [partition] }] })
        .catch(beyondTheEnd)) as { responses: Array<{ partitions: Fetched[] }> };
      const fetched = responses[0]?.partitions[0];
      if (!fetched) return { entries: [], after: from, end: from };
      // A batch is answered whole, also what is before the offset.
      const records = fetched.messages.filter(({ offset }) => Number(offset) >= from);
      const after = records.length > 0 ? Number(records.at(-1)!.offset) + 1 : Number(fetched.highWatermark);
      return { entries: entriesOf(records), after, end: Number(fetched.highWatermark) };
    });
  }

  async #offset(topic: string, fromBeginning: boolean): Promise<number> {
    const [answer] = await this.#cluster.fetchTopicsOffset([{ topic, partitions: [{ partition: 0 }], fromBeginning }]);
    return Number(answer!.partitions[0]!.offset);
  }

  async #leader(topic: string): Promise<Broker> {
    await (this.#connecting ??= this.#cluster.connect());
    await this.#cluster.addTargetTopic(topic);
    const [nodeId] = Object.keys(this.#cluster.findLeaderForPartitions(topic, [0]));
    if (nodeId === undefined) throw new Error(`The topic ${topic} has no leader`);
    return this.#cluster.findBroker({ nodeId });
  }

  /** Connections break and leaders move: then the cluster is asked anew where what is. */
  async #trying<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (tries === TRIES || isRefusal(error)) throw error;
        await this.#reconnect(error as { name?: string; host?: string; port?: number });
      }
    }
  }

  async #reconnect({ name, host, port }: { name?: string; host?: string; port?: number }): Promise<void> {
    if (name === 'KafkaJSConnectionClosedError' && host && port) this.#cluster.removeBroker({ host, port });
    this.#connecting = null;
    const renew = this.#cluster.isConnected() ? this.#cluster.refreshMetadata() : this.#cluster.disconnect();
    await renew.catch(() => {});
  }
}

export function entriesOf(messages: Fetched['messages']): LogEntry[] {
  return messages
    .filter(({ isControlRecord }) => !isControlRecord)
    .map(({ offset, key, value }) => ({
      offset: Number(offset),
      key: key?.toString('utf8') ?? '',
      value: value?.toString('utf8') ?? '',
    }));
}

/** What the broker will say again. */
function isRefusal(error: unknown): boolean {
  return isFault(error, 'UNKNOWN_TOPIC_OR_PARTITION', 'TOPIC_AUTHORIZATION_FAILED', 'KafkaJSSASLAuthenticationError');
}

/** Nothing is there, yet. */
function beyondTheEnd(error: unknown): { responses: [] } {
  if (isFault(error, 'OFFSET_OUT_OF_RANGE')) return { responses: [] };
  throw error;
}
