import { migrate, quoteIdent, type Database } from '#sql';
import { reasonOf, SILENT, type WorkerLog } from '../log.ts';
import type { Consumption, ConsumeOptions, Exchange, LogEntry, Message } from '../port.ts';
import { PACE, untilDone, type Pace } from '../waiting.ts';
import { MIGRATIONS } from './migrations.ts';
import { SourceConsumer } from './source-consumer.ts';
import { Turns } from './turns.ts';

export interface EmbeddedExchangeOptions {
  /** Stays the caller's: closing the exchange leaves it open. */
  db: Database;
  schema?: string;
  /** The most entries of one onBatch. */
  batch?: number;
  /** How often to look without having been woken, in milliseconds. */
  pollMs?: number;
  /** The pauses after a failure. */
  pace?: Pace;
  log?: WorkerLog;
}

/** The exchange as a log table in a PostgreSQL: PGlite in the process, or a server shared by several. */
export async function openEmbeddedExchange(options: EmbeddedExchangeOptions): Promise<Exchange> {
  const schema = options.schema ?? 'exchange';
  await migrate(options.db, schema, MIGRATIONS);
  return new EmbeddedExchange({ batch: 500, pollMs: 1000, pace: PACE, log: SILENT, ...options, schema });
}

class EmbeddedExchange implements Exchange {
  readonly #db: Database;
  readonly #schema: string;
  readonly #channel: string;
  readonly #consumers = new Set<SourceConsumer>();
  readonly #turns = new Turns();
  readonly #closing = new AbortController();
  #listening: Promise<(() => Promise<void>) | null> | null = null;

  constructor(private readonly options: Required<EmbeddedExchangeOptions>) {
    this.#db = options.db;
    this.#schema = quoteIdent(options.schema);
    this.#channel = `${options.schema}_log`;
  }

  async declare(source: string): Promise<void> {
    await this.#db.query(`insert into ${this.#schema}.sources (source) values ($1) on conflict do nothing`, [source]);
  }

  async append(source: string, messages: readonly Message[]): Promise<void> {
    if (messages.length === 0) return;
    const placed = await this.#db.query(
      `with place as (
         update ${this.#schema}.sources set next = next + $2::int where source = $1::text
         returning next - $2::int as first
       ), entries as (
         insert into ${this.#schema}.log (source, "offset", key, value)
         select $1::text, first + n - 1, key, value
         from place, unnest($3::text[], $4::text[]) with ordinality as message (key, value, n)
       )
       select pg_notify($5::text, $1::text) from place`,
      [source, messages.length, messages.map(({ key }) => key), messages.map(({ value }) => value), this.#channel],
    );
    if (placed.length === 0) throw new Error(`The source ${source} has not been declared`);
    this.#wake(source);
  }

  async tail(source: string): Promise<LogEntry | null> {
    const [last] = await this.#db.query<LogEntry>(
      `select "offset", key, value from ${this.#schema}.log where source = $1 order by "offset" desc limit 1`,
      [source],
    );
    return last ?? null;
  }

  read(source: string, from: number, limit: number): Promise<LogEntry[]> {
    return this.#db.query<LogEntry>(
      `select "offset", key, value from ${this.#schema}.log
       where source = $1 and "offset" >= $2::bigint order by "offset" limit $3::int`,
      [source, from, limit],
    );
  }

  async consume(options: ConsumeOptions): Promise<Consumption> {
    this.#listening ??= this.#listen();
    const settings = {
      ...this.options,
      turns: this.#turns,
      read: (source: string, from: number) => this.read(source, from, this.options.batch),
    };
    const consumers = options.sources.map((source) => new SourceConsumer(source, options, settings));
    for (const consumer of consumers) this.#consumers.add(consumer);
    return { stop: () => this.#stop(consumers) };
  }

  async announce(source: string, text: string): Promise<void> {
    await this.#db.query(
      `insert into ${this.#schema}.announcements (source, value) values ($1, $2)
       on conflict (source) do update set value = excluded.value`,
      [source, text],
    );
  }

  async announced(source: string): Promise<string | null> {
    const [last] = await this.#db.query<{ value: string }>(
      `select value from ${this.#schema}.announcements where source = $1`,
      [source],
    );
    return last?.value ?? null;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#stop([...this.#consumers]);
    await (
      await this.#listening
    )?.();
  }

  async #stop(consumers: readonly SourceConsumer[]): Promise<void> {
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    for (const consumer of consumers) this.#consumers.delete(consumer);
  }

  /** Hears of other processes' appends. Until it succeeds, looking now and then must do. */
  async #listen(): Promise<(() => Promise<void>) | null> {
    const { pace, log } = this.options;
    const stop = await untilDone(() => this.#db.listen(this.#channel, (source) => this.#wake(source)), {
      pace,
      signal: this.#closing.signal,
      onError: (error) => log.warn(`The exchange cannot listen: ${reasonOf(error)}`),
    });
    this.#wake('');
    return stop;
  }

  /** '' wakes all: notifications may have been missed. */
  #wake(source: string): void {
    for (const consumer of this.#consumers) if (source === '' || consumer.source === source) consumer.bell.ring();
  }
}
