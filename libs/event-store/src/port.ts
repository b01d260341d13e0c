/** A place in the order of all events of one store. Opaque: only the store that gave it can read it. */
export type Position = string;

export type ExpectedVersion = number | 'no-stream' | 'any';

export interface EventMeta {
  /** Who caused it: the user of the token. */
  actor: string;
  /** RFC 3339, UTC: when it was decided. */
  at: string;
  /** The idempotency reservation that the command ran under, if any. */
  command?: string;
}

export interface NewEvent {
  /** UUIDv7, or UUIDv8 where derived. */
  id: string;
  /** Name and version: `report-submitted.v1`. */
  type: string;
  data: object;
  meta: EventMeta;
  /** The integration event that this fact releases: an envelope's bytes, as JSON text. Its id is this event's id. */
  publish?: string;
}

export interface StoredEvent extends NewEvent {
  stream: string;
  /** Counts from 1 in its stream. */
  version: number;
  position: Position;
}

/** What the relay needs of an event. */
export interface PublishedEvent {
  id: string;
  position: Position;
  publish: string;
}

export interface Append {
  stream: string;
  expected: ExpectedVersion;
  events: readonly NewEvent[];
}

export type AppendOutcome =
  | { ok: true; version: number }
  /** `current` is 0 where there is no stream. */
  | { ok: false; current: number };

/** Thrown by `append` when the stream is not as expected. */
export class WrongExpectedVersion extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedVersion,
    readonly current: number,
  ) {
    super(`Stream ${stream} is at ${current}, expected ${expected}`);
    this.name = 'WrongExpectedVersion';
  }
}

export interface Subscription {
  /** Ends it after the batch in hand. */
  stop(): Promise<void>;
}

/**
 * A member's own events. An append is atomic for one stream; nothing is promised across streams but the order in which
 * `readAll` gives them, which never changes and never skips an event whose transaction committed late.
 */
export interface EventStore {
  /** Answers the stream's new version. Throws WrongExpectedVersion. Durable when it resolves. */
  append(stream: string, expected: ExpectedVersion, events: readonly NewEvent[]): Promise<number>;
  /** Many streams at once, each atomic by itself; outcomes in the order of the appends. */
  appendMany(appends: readonly Append[]): Promise<AppendOutcome[]>;
  /** Empty where there is no stream. Old versions are upcast. */
  readStream(stream: string): Promise<StoredEvent[]>;
  /** The streams that are there. */
  readStreams(streams: readonly string[]): Promise<Map<string, StoredEvent[]>>;
  /** At most `limit` events after a position (null: from the first), in commit order. */
  readAll(after: Position | null, limit: number): Promise<StoredEvent[]>;
  /** The same order, only the events that release something. */
  readPublished(after: Position | null, limit: number): Promise<PublishedEvent[]>;
  /** Whether something is stored that `readAll` doesn't give yet, because a transaction under way may come before it. */
  isHeldBack(): Promise<boolean>;
  /** How many committed events after the position release something. */
  countPublished(after: Position | null): Promise<number>;
  /** The position of an event by its id. */
  find(id: string): Promise<Position | null>;
  /** Calls the handler with batches in order, at least once each, from the position on; retries when it throws. */
  subscribe(after: Position | null, handler: (events: StoredEvent[]) => Promise<void>): Promise<Subscription>;
  /** Calls back soon after something was appended, by this process or another. Answers how to stop. */
  onAppend(callback: () => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Brings an event's data from the version in its type to the next. The key is the old type. */
export type Upcasters = Record<string, (event: { type: string; data: never }) => { type: string; data: object }>;
