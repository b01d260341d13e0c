import { Product } from '../test/support/product.ts';
import type { Bench, Context, Part } from './bench.ts';
import { sendBatch } from './load/batch.ts';
import { usesOf, type Use } from './load/cpu.ts';
import { applied, appliedBy } from './load/visible.ts';
import { secondsOf } from './measure.ts';
import { memoryLines } from './memory.ts';

const EVENTS = 100_000;
const WARM = 5_000;
/** Lines of one request. */
const LINES = 25_000;
const LOOK_MS = 500;
const MEMBERS = ['GB', 'AL'];

/** Sends lines `from` … `to` of each member, one request after the other, and waits until all are in the joint views. */
const through = async (product: Product, from: number, to: number): Promise<void> => {
  const before = await appliedBy(product);
  const send = async (member: string) => {
    for (let at = from; at < to; at += LINES) {
      const end = Math.min(to, at + LINES);
      const accepted = await sendBatch(product, member, at, end);
      if (accepted !== end - at) throw new Error(`${member} accepted ${accepted} lines of ${end - at}`);
    }
  };
  await Promise.all(MEMBERS.map(send));
  const wanted = MEMBERS.map((member) => [member, (before[member] ?? 0) + to - from] as const);
  await applied(product, Object.fromEntries(wanted));
};

const perEvent = (before: Record<string, Use>, after: Record<string, Use>, events: number): Record<string, Part> =>
  Object.fromEntries(
    Object.entries(after).map(([name, { seconds }]) => {
      const us = ((seconds - (before[name]?.seconds ?? 0)) * 1e6) / events;
      return [`CPU of ${name}`, { ratio: null, us, baseline: null, unit: 'µs/event', n: events, goal: null }];
    }),
  );

const sumOf = (parts: Record<string, Part>): Part => {
  const us = Object.values(parts).reduce((sum, part) => sum + part.us, 0);
  return { ...Object.values(parts)[0]!, us };
};

export const bench: Bench = {
  id: 'P10',
  title: 'HTTP batch in to joint view visible, over Kafka and PostgreSQL',
  goal: { of: 'us', atLeast: 5_000 },
  async run({ events: asked, after }: Context) {
    const product = await Product.start({ command: 'start-distributed' });
    after(() => product.dispose());
    await through(product, 0, WARM);
    const each = Math.floor((asked ?? EVENTS) / MEMBERS.length);
    const looks = [usesOf(product.pid)];
    const looking = setInterval(() => looks.push(usesOf(product.pid)), LOOK_MS);
    const seconds = await secondsOf(() => through(product, WARM, WARM + each)).finally(() => clearInterval(looking));
    const events = each * MEMBERS.length;
    const cpu = perEvent(looks[0]!, usesOf(product.pid), events);
    const parts = { ...cpu, 'CPU of all of them': sumOf(cpu) };
    const held = looks.map((uses) => Object.fromEntries(Object.entries(uses).map(([name, { mib }]) => [name, mib])));
    const note = [
      'a line is a report, submitted and released: two events stored, one published and counted here',
      ...memoryLines(held),
    ].join('\n  ');
    return { ratio: null, us: events / seconds, baseline: null, unit: 'events/s', n: events, parts, note };
  },
};
