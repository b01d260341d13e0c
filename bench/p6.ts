import { readEvent } from '#contracts';
import { worstOf, type Bench, type Context, type Part } from './bench.ts';
import { Reports } from './data.ts';
import { cost, pairs, secondsOf } from './measure.ts';
import type { Random } from './random.ts';

const TYPE = 'accord.intelligence.report-released.v1';
const EVENTS = 20_000;
const ROUNDS = 9;

function texts(random: Random): string[] {
  const reports = new Reports(random, 'GB');
  return Array.from({ length: EVENTS }, () => JSON.stringify({ shield: ['al'], content: reports.next() }));
}

/** What an event carries, against the catalogue. */
async function content(given: readonly string[]): Promise<Part> {
  const values = given.map((text) => JSON.parse(text) as unknown);
  const taken = await pairs(
    ROUNDS,
    () => secondsOf(() => values.forEach((value) => readEvent(TYPE, value))),
    () => secondsOf(() => given.forEach((text) => JSON.parse(text))),
  );
  return cost(taken, EVENTS, 'µs/event', 1e6);
}

export const bench: Bench = {
  id: 'P6',
  title: 'validating an event ÷ JSON.parse of it',
  goal: { atMost: 1 },
  async run({ random }: Context) {
    return worstOf({ content: await content(texts(random)) }, bench.goal);
  },
};
