import type { Broker, Cluster, Kafka } from 'kafkajs';
import type { LogEntry } from '../port.ts';
import { clusterOf, isFault } from './client.ts';

/** What a fetch of one partition answers. */
interface Fetched {
  highWatermark: string;
  messages: Array<{ offset: string; key: Buffer | null; value: Buffer | null; isControlRecord?: boolean }>;
}

interface Found {
  entries: LogEntry[];
  /** The offset to go on from. */
  after: number;
  /** The one after the topic's last entry. */
  end: number;
}

const READ_UNCOMMITTED = 0;
const FETCH_BYTES = 4 * 1024 * 1024;
const LEAST_BYTES = 64 * 1024;
/** A key, and what Kafka adds. */
const ENTRY_OVERHEAD = 64;
const TRIES = 3;

/** Reads single places of topics, in no group. */
export class LogReader {
  readonly #cluster: Cluster;
  #used = false;
  /** About the size of an entry, from what came last. */
  #entryBytes = 1024;

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
      const [entry] = (await this.#fetch(topic, at, 1)).entries;
      if (entry) return entry;
    }
    return null;
  }

  async read(topic: string, from: number, limit: number): Promise<LogEntry[]> {
    const found: LogEntry[] = [];
    let next = from;
    while (found.length < limit) {
      const { entries, after, end } = await this.#fetch(topic, next, limit - found.length);
      for (const entry of entries) found.push(entry);
      next = after;
      if (next >= end) break;
    }
    return found.slice(0, limit);
  }

  async close(): Promise<void> {
    if (this.#used) await this.#cluster.disconnect().catch(() => {});
  }

  /** Asks for about as many entries as are wanted: what comes beyond them is fetched again by the next read. */
  async #fetch(topic: string, from: number, wanted: number): Promise<Found> {
    const maxBytes = Math.min(FETCH_BYTES, Math.max(LEAST_BYTES, Math.ceil(wanted * this.#entryBytes)));
    return this.#trying(async () => {
      const broker = await this.#leader(topic);
      const partition = { partition: 0, fetchOffset: String(from), maxBytes };
      const request = { isolationLevel: READ_UNCOMMITTED, maxWaitTime: 0, minBytes: 0, maxBytes };
      const { responses } = (await broker
        .fetch({ ...request, topics: [{ topic, partitions: [partition] }] })
        .catch(beyondTheEnd)) as { responses: Array<{ partitions: Fetched[] }> };
      const fetched = responses[0]?.partitions[0];
      if (!fetched) return { entries: [], after: from, end: from };
      // A batch is answered whole, also what is before the offset.
      const records = fetched.messages.filter(({ offset }) => Number(offset) >= from);
      this.#learn(fetched.messages);
      const end = Number(fetched.highWatermark);
      // What a broker holds back, as one does that throttles, is not what isn't there.
      if (records.length === 0 && from < end) throw new Error(`The broker answered nothing of ${topic} from ${from}`);
      return { entries: entriesOf(records), after: Number(records.at(-1)?.offset ?? from - 1) + 1, end };
    });
  }

  #learn(messages: Fetched['messages']): void {
    if (messages.length === 0) return;
    const bytes = messages.reduce((sum, { value }) => sum + (value?.length ?? 0) + ENTRY_OVERHEAD, 0);
    this.#entryBytes = bytes / messages.length;
  }

  async #offset(topic: string, fromBeginning: boolean): Promise<number> {
    const [answer] = await this.#cluster.fetchTopicsOffset([{ topic, partitions: [{ partition: 0 }], fromBeginning }]);
    return Number(answer!.partitions[0]!.offset);
  }

  async #leader(topic: string): Promise<Broker> {
    this.#used = true;
    await this.#cluster.connect();
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
