import { openSqlEventStore } from '#event-store/postgres';
import { openPostgres } from '#sql';
import { worstOf, type Bench, type Context, type Part } from './bench.ts';
import { pairs, secondsOf, throughput } from './measure.ts';
import { copied, copyInto, Facts } from './stored.ts';

const APPENDS = 10_000;
/** As many as a node stores of a large batch at once. */
const BATCH = 500;
const ROUNDS = 6;

async function batched({ newDatabase, random }: Context): Promise<Part> {
  const db = await openPostgres({ url: await newDatabase(), max: 4 });
  const store = await openSqlEventStore({ db, schema: 'appended' });
  await openSqlEventStore({ db, schema: 'copied' });
  const facts = new Facts(random);
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
  await store.close();
  await db.close();
  return throughput(taken, APPENDS * 2, 'events/s');
}

export const bench: Bench = {
  id: 'P2',
  title: 'batched append ÷ COPY of the same bytes',
  goal: { atLeast: 0.5 },
  async run(context: Context) {
    return worstOf({ append: await batched(context) }, bench.goal);
  },
};
