import type { Append, EventStore } from '#event-store';
import { openSqlEventStore } from '#event-store/postgres';
import { openPostgres, type Database } from '#sql';
import { worstOf, type Bench, type Context, type Part } from './bench.ts';
import { pairs, secondsOf, throughput } from './measure.ts';
import { copied, copyInto, Facts } from './stored.ts';

const APPENDS = 10_000;
/** As many as a node stores of a large batch at once. */
const BATCH = 500;
const ROUNDS = 6;
const WRITERS = 32;
/** Of each writer in a round. */
const EACH = 100;
const PAGE = 500;

async function opened(context: Context, max: number): Promise<Database> {
  const db = await openPostgres({ url: await context.newDatabase(), max });
  context.after(() => db.close());
  return db;
}

/** A node's large batches, one after the other. */
async function batched(context: Context): Promise<Part> {
  const db = await opened(context, 4);
  const store = await openSqlEventStore({ db, schema: 'appended' });
  await openSqlEventStore({ db, schema: 'copied' });
  const facts = new Facts(context.random);
  const rounds = Array.from({ length: ROUNDS + 1 }, () => facts.take(APPENDS));
  const taken = await pairs(
    ROUNDS,
    (round) =>
      secondsOf(async () => {
        const appends = rounds[round]!;
        for (let at = 0; at < APPENDS; at += BATCH) await store.appendMany(appends.slice(at, at + BATCH));
      }),
    (round) => {
      const bytes = copied(rounds[round]!);
      return secondsOf(() => copyInto(db, 'copied', bytes));
    },
  );
  return throughput(taken, APPENDS * 2, 'events/s');
}

/** Follows a store while it is written to: how many events it was given, each once. */
class Follower {
  #after: string | null = null;
  #seen = new Set<string>();
  #done = false;
  readonly #running: Promise<void>;

  constructor(private readonly store: EventStore) {
    this.#running = this.#run();
  }

  async #run(): Promise<void> {
    for (;;) {
      const isLast = this.#done;
      const events = await this.store.readAll(this.#after, PAGE);
      for (const { id } of events) this.#seen.add(id);
      this.#after = events.at(-1)?.position ?? this.#after;
      if (events.length === 0 && isLast) return;
      if (events.length < PAGE) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Reads to the end. */
  async seen(): Promise<number> {
    this.#done = true;
    await this.#running;
    return this.#seen.size;
  }
}

interface Concurrent {
  store: EventStore;
  written: number;
  follower: Follower;
}

async function writeAll({ store }: Concurrent, appends: readonly Append[]): Promise<void> {
  const writers = Array.from({ length: WRITERS }, async (_, n) => {
    for (let at = n; at < appends.length; at += WRITERS) {
      const { stream, expected, events } = appends[at]!;
      await store.append(stream, expected, events);
    }
  });
  await Promise.all(writers);
}

/**
 * Writers of streams of their own, an append a transaction, followed by a reader. The other side is the same store but
 * for the order: its events take no place that a reader could stop at, so that their order is that of their positions.
 */
async function concurrent(context: Context): Promise<{ part: Part; skipped: number; unordered: number }> {
  const db = await opened(context, WRITERS + 2);
  const open = async (schema: string): Promise<Concurrent> => {
    const store = await openSqlEventStore({ db, schema });
    return { store, written: 0, follower: new Follower(store) };
  };
  const ordered = await open('ordered');
  await openSqlEventStore({ db, schema: 'unordered' });
  await db.exec(`create or replace function unordered.place(out epoch int, out txid bigint) language sql volatile
    as $$ select 1, 1::bigint $$`);
  const unordered = await open('unordered');
  const facts = new Facts(context.random);
  const rounds = Array.from({ length: ROUNDS + 1 }, () => facts.take(WRITERS * EACH));
  const run = (side: Concurrent) => (round: number) => {
    side.written += rounds[round]!.length * 2;
    return secondsOf(() => writeAll(side, rounds[round]!));
  };
  const taken = await pairs(ROUNDS, run(ordered), run(unordered));
  const skipped = async ({ written, follower }: Concurrent) => written - (await follower.seen());
  return {
    part: throughput(taken, WRITERS * EACH * 2, 'events/s'),
    skipped: await skipped(ordered),
    unordered: await skipped(unordered),
  };
}

export const bench: Bench = {
  id: 'P2',
  title: 'batched append ÷ COPY of the same bytes; 32 writers in order ÷ without',
  goal: { atLeast: 0.5 },
  async run(context: Context) {
    const append = await batched(context);
    const { part, skipped, unordered } = await concurrent(context);
    const parts = { append, '32 writers in commit order': { ...part, goal: { atLeast: 0.7 } } };
    const note = `32 writers: ${skipped} events skipped by a reader in order, ${unordered} by one without.`;
    return worstOf(parts, bench.goal, note);
  },
};
