import { migrate, quoteIdent, type Database } from '#sql';
import {
  WrongExpectedVersion,
  type Append,
  type AppendOutcome,
  type EventStore,
  type ExpectedVersion,
  type NewEvent,
  type Position,
  type StoredEvent,
  type Subscription,
  type Upcasters,
} from '../port.ts';
import { catchUp } from '../subscription.ts';
import { upcastAll } from '../upcast.ts';
import { AppendSignal } from './append-signal.ts';
import { appendOne, appendWithin } from './append.ts';
import { openChannel } from './channel.ts';
import { openEpoch } from './epoch.ts';
import { MIGRATIONS } from './migrations.ts';
import * as read from './read.ts';

export interface SqlEventStoreOptions {
  /** Stays the caller's: closing the store leaves it open. */
  db: Database;
  /** One store per schema. It is created where it is missing. */
  schema: string;
  upcasters?: Upcasters;
}

const FEW = 8;

/** Opens an event store in a schema of PGlite or PostgreSQL; brings its tables up to date first. */
export async function openSqlEventStore({ db, schema, upcasters = {} }: SqlEventStoreOptions): Promise<EventStore> {
  await migrate(db, schema, MIGRATIONS);
  await openEpoch(db, quoteIdent(schema));
  return new SqlEventStore(db, schema, upcasters);
}

class SqlEventStore implements EventStore {
  readonly #schema: string;
  readonly #signal: AppendSignal;
  readonly #subscriptions = new Set<Subscription>();

  constructor(
    private readonly db: Database,
    schema: string,
    private readonly upcasters: Upcasters,
  ) {
    this.#schema = quoteIdent(schema);
    this.#signal = new AppendSignal(openChannel(db, `accord.events.${schema}`), () => this.isHeldBack());
  }

  async append(stream: string, expected: ExpectedVersion, events: readonly NewEvent[]): Promise<number> {
    const outcome = await appendOne(this.db, this.#schema, { stream, expected, events });
    if (!outcome.ok) throw new WrongExpectedVersion(stream, expected, outcome.current);
    this.#signal.appended();
    return outcome.version;
  }

  async appendMany(appends: readonly Append[]): Promise<AppendOutcome[]> {
    if (appends.length === 0) return [];
    const outcomes = await this.#appendAll(appends);
    if (outcomes.some((outcome) => outcome.ok)) this.#signal.appended();
    return outcomes;
  }

  /** A single small one in one round trip instead of five; of many events COPY is worth its trips. */
  async #appendAll(appends: readonly Append[]): Promise<AppendOutcome[]> {
    const [first] = appends;
    if (appends.length === 1 && first!.events.length <= FEW) return [await appendOne(this.db, this.#schema, first!)];
    return this.db.transaction((sql) => appendWithin(sql, this.#schema, appends));
  }

  async readStream(stream: string): Promise<StoredEvent[]> {
    return upcastAll(await read.readStreams(this.db, this.#schema, [stream]), this.upcasters);
  }

  async readStreams(streams: readonly string[]): Promise<Map<string, StoredEvent[]>> {
    const events = upcastAll(await read.readStreams(this.db, this.#schema, streams), this.upcasters);
    return Map.groupBy(events, (event) => event.stream);
  }

  async readAll(after: Position | null, limit: number): Promise<StoredEvent[]> {
    return upcastAll(await read.readAll(this.db, this.#schema, after, limit), this.upcasters);
  }

  readPublished(after: Position | null, limit: number) {
    return read.readPublished(this.db, this.#schema, after, limit);
  }

  countPublished(after: Position | null): Promise<number> {
    return read.countPublished(this.db, this.#schema, after);
  }

  find(id: string): Promise<Position | null> {
    return read.findPosition(this.db, this.#schema, id);
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

  /** PGlite runs one transaction at a time: none holds back another's events. */
  async isHeldBack(): Promise<boolean> {
    return this.db.kind === 'postgres' && read.hasUnsettled(this.db, this.#schema);
  }

  onAppend(callback: () => void): Promise<() => Promise<void>> {
    return this.#signal.add(callback);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
    await this.#signal.close();
  }
}
