import { openSqlEventStore } from '#event-store/postgres';
import { openPglite, openPostgres, type Database } from '#sql';
import { worstOf, type Bench, type Context, type Part } from './bench.ts';
import { pairs, secondsOf, throughput, type Run } from './measure.ts';
import { Member } from './projection/member.ts';
import { Side } from './projection/side.ts';
import { Facts } from './stored.ts';

const APPENDS = 5_000;
const BATCH = 500;
const EVENTS = 5_000;
const ROUNDS = 10;

/** The same on both: what a node stores, and what its readers make of it. */
interface Both {
  pglite: Database;
  postgres: Database;
}

async function append({ random }: Context, dbs: Both): Promise<Part> {
  const facts = new Facts(random);
  const rounds = Array.from({ length: ROUNDS + 1 }, () => facts.take(APPENDS));
  const on = async (db: Database): Promise<Run> => {
    const store = await openSqlEventStore({ db, schema: 'appended' });
    return (round) =>
      secondsOf(async () => {
        for (let at = 0; at < APPENDS; at += BATCH) await store.appendMany(rounds[round]!.slice(at, at + BATCH));
      });
  };
  return throughput(await pairs(ROUNDS, await on(dbs.pglite), await on(dbs.postgres)), APPENDS * 2, 'events/s');
}

/** From verified and mapped events to tables: what the databases do alike before that would hide what they do apart. */
async function project({ random }: Context, dbs: Both): Promise<Part> {
  const member = new Member(random, 'GB');
  const sides = {
    us: await Side.open(dbs.pglite, 'sunk', member),
    baseline: await Side.open(dbs.postgres, 'sunk', member),
  };
  const said: { round: number; slices: Awaited<ReturnType<Side['mapped']>> } = { round: -1, slices: [] };
  const prepare = async (round: number) => {
    if (said.round === round) return said.slices;
    const entries = member.say(EVENTS);
    await Side.deliverKeys(dbs.postgres, member);
    return Object.assign(said, { round, slices: await sides.baseline.mapped(entries) }).slices;
  };
  const run =
    (side: Side): Run =>
    async (round) => {
      const slices = await prepare(round);
      return secondsOf(() => side.apply(slices));
    };
  return throughput(await pairs(ROUNDS, run(sides.us), run(sides.baseline)), EVENTS, 'events/s');
}

export const bench: Bench = {
  id: 'P3',
  title: 'embedded (PGlite on disk) ÷ PostgreSQL',
  goal: { atLeast: 0.6 },
  async run(context: Context) {
    const pglite = await openPglite(context.folder('pglite'));
    const postgres = await openPostgres({ url: await context.newDatabase(), max: 4 });
    context.after(() => Promise.all([pglite.close(), postgres.close()]));
    const dbs = { pglite, postgres };
    const parts = { append: await append(context, dbs), projection: await project(context, dbs) };
    return worstOf(parts, bench.goal, 'PGlite does not fsync; PostgreSQL does.');
  },
};
