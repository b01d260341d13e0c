/** One message on a source's topic. `offset` counts from 0 and may repeat an event, never reorder one. */
export interface LogEntry {
  offset: number;
  /** The record. */
  key: string;
  /** The placed envelope's bytes, as JSON text. */
  value: string;
}

export interface Message {
  key: string;
  value: string;
}

export interface Consumption {
  /** Ends after the batches in hand. */
  stop(): Promise<void>;
}

export interface ConsumeOptions {
  /** Instances of one group share the sources. */
  group: string;
  sources: readonly string[];
  /** The offset to go on from, asked each time this instance gets the source. */
  from(source: string): Promise<number>;
  /** Entries in order. When it throws, the same entries come again, after a pause. */
  onBatch(source: string, entries: LogEntry[]): Promise<void>;
}

/** The log of record between members: one ordered topic per source. */
export interface Exchange {
  /** Makes the source's topic where it is missing. */
  declare(source: string): Promise<void>;
  /** Durable, in order, when it resolves. */
  append(source: string, messages: readonly Message[]): Promise<void>;
  /** The last entry of the source. */
  tail(source: string): Promise<LogEntry | null>;
  /** At most `limit` entries from an offset on. */
  read(source: string, from: number, limit: number): Promise<LogEntry[]>;
  consume(options: ConsumeOptions): Promise<Consumption>;
  /** Says something beside a source's log. What was said before is forgotten, at once or in time. */
  announce(source: string, text: string): Promise<void>;
  /** What was announced last; null where nothing was, or it is forgotten. */
  announced(source: string): Promise<string | null>;
  close(): Promise<void>;
}
