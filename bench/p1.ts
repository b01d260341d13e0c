import type { LogEntry } from '#exchange';
import { openPostgres, type Database } from '#sql';
import { tablesOf } from '../apps/joint-views/src/intake/tables.ts';
import { VIEWS } from '../apps/joint-views/src/views.ts';
import { worstOf, type Bench, type Context, type Figure, type Part } from './bench.ts';
import { secondsOf, throughput, type Pairs } from './measure.ts';
import { Member } from './projection/member.ts';
import { copyRowsInto, rowsSince } from './projection/rows.ts';
import { Side } from './projection/side.ts';

const EVENTS = 10_000;
const ROUNDS = 10;

interface Round {
  baseline: number;
  sink: number;
  consumer: number;
  rebuild: number;
}

/** Four copies of the views that are fed the same: one is what the others' baseline comes from. */
class Copies {
  readonly #member: Member;

  private constructor(
    private readonly context: Context,
    private readonly url: string,
    private readonly db: Database,
    private readonly sides: Record<'consumed' | 'sunk' | 'copied' | 'rebuilt', Side>,
    member: Member,
  ) {
    this.#member = member;
  }

  static async open(context: Context): Promise<Copies> {
    const url = await context.newDatabase();
    const db = await openPostgres({ url, max: 4 });
    context.after(() => db.close());
    const member = new Member(context.random, 'GB');
    const side = (schema: string) => Side.open(db, schema, member);
    const sides = {
      ...{ consumed: await side('consumed'), sunk: await side('sunk') },
      ...{ copied: await side('copied'), rebuilt: await side('rebuilt') },
    };
    return new Copies(context, url, db, sides, member);
  }

  async #say(): Promise<LogEntry[]> {
    const entries = this.#member.say(EVENTS);
    await Side.deliverKeys(this.db, this.#member);
    return entries;
  }

  /** So many events that nothing is measured of: consumed once, and copied from there. */
  async grow(count: number): Promise<void> {
    if (count === 0) return;
    for (let n = 0; n < count; n += EVENTS) {
      await this.sides.consumed.consume(await this.#say());
      this.context.say(`  ${n + EVENTS}/${count} before anything is measured`);
    }
    for (const schema of ['sunk', 'copied', 'rebuilt']) {
      for (const { name } of tablesOf(VIEWS)) {
        await this.db.exec(
          `delete from ${schema}.${name}; insert into ${schema}.${name} select * from consumed.${name}`,
        );
      }
    }
  }

  /** One after the other, by turns in another order; the rows of COPY are those that the consumer has just written. */
  async round(n: number): Promise<Round> {
    const { consumed, sunk, copied, rebuilt } = this.sides;
    const from = this.#member.source.sequence + 1;
    const entries = await this.#say();
    const slices = await sunk.mapped(entries);
    const round: Round = { baseline: 0, sink: 0, consumer: 0, rebuild: 0 };
    round.consumer = await secondsOf(() => consumed.consume(entries));
    const rows = await rowsSince(this.url, consumed.schema, this.#member.source.source, from);
    const runs: [keyof Round, () => Promise<void>][] = [
      ['baseline', () => copyRowsInto(this.db, copied.schema, rows)],
      ['sink', () => sunk.apply(slices)],
      ['rebuild', () => rebuilt.rebuild(entries)],
    ];
    for (const [name, run] of n % 2 === 0 ? runs : runs.reverse()) round[name] = await secondsOf(run);
    return round;
  }
}

async function rounds(context: Context): Promise<Round[]> {
  const copies = await Copies.open(context);
  await copies.grow(EVENTS * ROUNDS * (context.scale - 1));
  const taken: Round[] = [];
  for (let n = 0; n <= ROUNDS; n += 1) {
    taken.push(await copies.round(n));
    context.say(`  ${n}/${ROUNDS}`);
  }
  // The first warms up.
  return taken.slice(1);
}

const part = (taken: readonly Round[], side: keyof Round, beside: keyof Round = 'baseline'): Part => {
  const pairs: Pairs = taken.map((round) => ({ us: round[side], baseline: round[beside] }));
  return throughput(pairs, EVENTS, 'events/s');
};

export const bench: Bench = {
  id: 'P1',
  title: 'projection ÷ COPY of the same rows into the same tables',
  goal: { atLeast: 0.65 },
  grows: true,
  async run(context: Context): Promise<Figure> {
    const taken = await rounds(context);
    const consumer = { ...part(taken, 'consumer'), goal: { atLeast: 0.4 } };
    // The same work by the same code: what is less than this is noise.
    const rebuild = { ...part(taken, 'rebuild', 'consumer'), goal: { atLeast: 0.95 } };
    return worstOf({ sink: part(taken, 'sink'), consumer, 'rebuild ÷ live': rebuild }, bench.goal);
  },
};
