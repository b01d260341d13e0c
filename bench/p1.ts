import { openPostgres } from '#sql';
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

/** One after the other, by turns in another order; the rows of COPY are those that the consumer has just written. */
async function rounds(context: Context, count: number): Promise<Round[]> {
  const url = await context.newDatabase();
  const db = await openPostgres({ url, max: 4 });
  const member = new Member(context.random, 'GB');
  const [consumer, sink] = [await Side.open(db, 'consumed', member), await Side.open(db, 'sunk', member)];
  const [copied, rebuilt] = [await Side.open(db, 'copied', member), await Side.open(db, 'rebuilt', member)];
  const taken: Round[] = [];
  for (let n = 0; n <= count; n += 1) {
    const from = member.source.sequence + 1;
    const entries = member.say(EVENTS);
    await Side.deliverKeys(db, member);
    const slices = await sink.mapped(entries);
    const round: Round = {
      baseline: 0,
      sink: 0,
      consumer: await secondsOf(() => consumer.consume(entries)),
      rebuild: 0,
    };
    const rows = await rowsSince(url, consumer.schema, member.source.source, from);
    const runs: [keyof Round, () => Promise<void>][] = [
      ['baseline', () => copyRowsInto(db, copied.schema, rows)],
      ['sink', () => sink.apply(slices)],
      ['rebuild', () => rebuilt.rebuild(entries)],
    ];
    for (const [name, run] of n % 2 === 0 ? runs : runs.reverse()) round[name] = await secondsOf(run);
    if (n > 0) taken.push(round);
    context.say(`  ${n}/${count}`);
  }
  await db.close();
  return taken;
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
    const taken = (await rounds(context, ROUNDS * context.scale)).slice(-ROUNDS);
    const consumer = { ...part(taken, 'consumer'), goal: { atLeast: 0.4 } };
    // The same work by the same code: what is less than this is noise.
    const rebuild = { ...part(taken, 'rebuild', 'consumer'), goal: { atLeast: 0.95 } };
    return worstOf({ sink: part(taken, 'sink'), consumer, 'rebuild ÷ live': rebuild }, bench.goal);
  },
};
