import { newSigningKey, place, sign, ZERO_HASH, type SigningKey } from '#contracts';
import type { PublishedEvent } from '#event-store';
import { openSqlEventStore } from '#event-store/postgres';
import { openPostgres } from '#sql';
import { placeBatch } from '../../libs/exchange/src/relay/batch.ts';
import type { Context, Part } from '../bench.ts';
import { cost, pairs, secondsOf } from '../measure.ts';
import { Facts } from '../stored.ts';

const APPENDS = 5_000;
const ROUNDS = 6;
/** As many as a node stores of a large batch at once, and as its relay signs. */
const BATCH = 500;

type Place = { sequence: number; hash: string; position: string | null };
/** What a batch of published events goes through on its way to the exchange: answers the place after it. */
type Work = (start: Place, events: readonly PublishedEvent[], key: SigningKey) => Place;

/** A chain of hashes, a signature at its end. */
const chained: Work = (start, events, { kid, privateJwk }) => {
  let end = start;
  let text = '';
  for (const { publish, position } of events) {
    const placed = place(publish, end.sequence + 1, end.hash);
    text = placed.text;
    end = { sequence: end.sequence + 1, hash: placed.hash, position };
  }
  sign(text, end.hash, privateJwk, kid);
  return end;
};

/** The same as the relay does it: each text is read once more as others will read it. */
const checked: Work = (start, events, key) => placeBatch('/members/GB', start, events, key).end;

/** What placing, hashing and signing take beside storing the same events: each append is one released record. */
async function beside(context: Context, work: Work, batch: number, count: number): Promise<Part> {
  const db = await openPostgres({ url: await context.newDatabase(), max: 4 });
  context.after(() => db.close());
  const store = await openSqlEventStore({ db, schema: 'appended' });
  const facts = new Facts(context.random);
  const key = newSigningKey();
  const rounds = Array.from({ length: ROUNDS + 1 }, () => facts.take(count));
  const slices = <T>(all: readonly T[]): T[][] =>
    Array.from({ length: Math.ceil(all.length / batch) }, (_, n) => all.slice(n * batch, (n + 1) * batch));
  const published = (round: number): PublishedEvent[] =>
    rounds[round]!.flatMap(({ events }) =>
      events.flatMap(({ id, publish }) => (publish === undefined ? [] : [{ id, publish, position: id }])),
    );
  const taken = await pairs(
    ROUNDS,
    (round) => {
      const batches = slices(published(round));
      let end: Place = { sequence: 0, hash: ZERO_HASH, position: null };
      return secondsOf(() => {
        for (const events of batches) end = work(end, events, key);
      });
    },
    (round) => {
      const batches = slices(rounds[round]!);
      return secondsOf(async () => {
        for (const appends of batches) await store.appendMany(appends);
      });
    },
  );
  return cost(taken, count, 'µs/record', 1e6);
}

export const signing = {
  batches: (context: Context): Promise<Part> => beside(context, chained, BATCH, APPENDS),
  singly: (context: Context): Promise<Part> => beside(context, chained, 1, 1_000),
  checked: async (context: Context): Promise<Part> => ({
    ...(await beside(context, checked, BATCH, APPENDS)),
    goal: null,
  }),
};
