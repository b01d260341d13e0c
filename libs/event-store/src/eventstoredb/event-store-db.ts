import type { EventStoreDBClient } from '@eventstore/db-client';
import {
  WrongExpectedVersion,
  type Append,
  type AppendOutcome,
  type EventStore,
  type ExpectedVersion,
  type NewEvent,
  type Position,
  type PublishedEvent,
  type StoredEvent,
  type Subscription,
  type Upcasters,
} from '../port.ts';
import { catchUp } from '../subscription.ts';
import { upcastAll } from '../upcast.ts';
import { AppendListener, type StoreLog } from './append-listener.ts';
import { appendMany, appendOne, sideBySide } from './append.ts';
import { closeClient, openClient } from './client.ts';
import { isOutage } from './errors.ts';
import { find } from './find.ts';
import { metadataOf, toStoredEvent } from './mapping.ts';
import { toPosition } from './position.ts';
import { lastVersion, readStream } from './read.ts';
import { scan } from './scan.ts';

const STREAMS_AT_ONCE = 32;

export interface EventStoreDbOptions {
  /** `esdb://user:password@host:2113?tls=true&tlsCAFile=…`, or `esdb+discover://…` for a cluster. */
  connectionString: string;
  /** What the store's streams are called by on the server: letters and digits, then a dash. One store per prefix. */
  prefix?: string;
  upcasters?: Upcasters;
  log?: StoreLog;
}

/**
 * Opens an event store on EventStoreDB 24.10 or KurrentDB. Unlike a database it knows an event's id nowhere but in its
 * own stream, and promises no order between the streams of one `appendMany`. Throws Unavailable where there is no server.
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStore> {
  const { connectionString, prefix = 'accord-', upcasters = {}, log } = options;
  // None of this form begins another, so that no store reads another's streams.
  if (!/^[A-Za-z0-9]+-$/.test(prefix)) throw new Error(`Not a prefix for streams: ${JSON.stringify(prefix)}`);
  const client = openClient(connectionString);
  try {
    await lastVersion(client, `${prefix}reachable`);
  } catch (error) {
    // What is thrown for an outage says nothing of why: a wrong port, a certificate that isn't believed.
    const { cause } = error as Error;
    if (isOutage(cause)) log?.warn({ reason: (cause as Error).message }, 'The event store does not answer');
    await closeClient(client);
    throw error;
  }
  return new EventStoreDb(client, prefix, upcasters, new AppendListener(client, prefix, log));
}

class EventStoreDb implements EventStore {
  readonly #subscriptions = new Set<Subscription>();

  constructor(
    private readonly client: EventStoreDBClient,
    private readonly prefix: string,
    private readonly upcasters: Upcasters,
    private readonly listener: AppendListener,
  ) {}

  async append(stream: string, expected: ExpectedVersion, events: readonly NewEvent[]): Promise<number> {
    const outcome = await appendOne(this.client, this.prefix, { stream, expected, events });
    if (!outcome.ok) throw new WrongExpectedVersion(stream, expected, outcome.current);
    return outcome.version;
  }

  appendMany(appends: readonly Append[]): Promise<AppendOutcome[]> {
    return appendMany(this.client, this.prefix, appends);
  }

  async readStream(stream: string): Promise<StoredEvent[]> {
    const recorded = await readStream(this.client, this.prefix, this.prefix + stream);
    return upcastAll(
      recorded.map((event) => toStoredEvent(this.prefix, event)),
      this.upcasters,
    );
  }

  async readStreams(streams: readonly string[]): Promise<Map<string, StoredEvent[]>> {
    const found = new Map<string, StoredEvent[]>();
    await sideBySide(new Set(streams), STREAMS_AT_ONCE, async (stream) => {
      const events = await this.readStream(stream);
      if (events.length > 0) found.set(stream, events);
    });
    return found;
  }

  async readAll(after: Position | null, limit: number): Promise<StoredEvent[]> {
    const page = { after, limit };
    const events = await scan(this.client, this.prefix, page, (event) => toStoredEvent(this.prefix, event));
    return upcastAll(events, this.upcasters);
  }

  async readPublished(after: Position | null, limit: number): Promise<PublishedEvent[]> {
    return scan(this.client, this.prefix, { after, limit }, (event) => {
      const { id, publish } = metadataOf(event);
      return publish === undefined ? undefined : { id, publish, position: toPosition(event.position) };
    });
  }

  /** It writes one after the other, and gives what it has. */
  async isHeldBack(): Promise<boolean> {
    return false;
  }

  async countPublished(after: Position | null): Promise<number> {
    let count = 0;
    await scan(this.client, this.prefix, { after, limit: Infinity }, (event) => {
      if (metadataOf(event).publish !== undefined) count++;
      return undefined;
    });
    return count;
  }

  find(id: string): Promise<Position | null> {
    return find(this.client, this.prefix, id);
  }

  async subscribe(after: Position | null, handler: (events: StoredEvent[]) => Promise<void>): Promise<Subscription> {
    const inner = await catchUp(this, after, handler);
    const subscription = {
      stop: async () => {
        this.#subscriptions.delete(subscription);
        await inner.stop();
      },
    };
    this.#subscriptions.add(subscription);
    return subscription;
  }

  onAppend(callback: () => void): Promise<() => Promise<void>> {
    return this.listener.add(callback);
  }

  async close(): Promise<void> {
    // Not one after the other: a handler that never ends would keep the connection in use, and the process alive.
    await Promise.all([this.listener.close(), ...[...this.#subscriptions].map((subscription) => subscription.stop())]);
    await closeClient(this.client);
  }
}
