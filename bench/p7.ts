import { Product } from '../test/support/product.ts';
import type { Bench, Context, Part } from './bench.ts';
import { publishMany, publishSteadily } from './load/publish.ts';
import { applied, appliedBy } from './load/visible.ts';
import { percentile, secondsOf } from './measure.ts';

const WARM = 500;
const CAPACITY = 1_500;
const AT_ONCE = 16;
const SECONDS = 30;
const FOLLOWED = 8;

interface Mode {
  name: string;
  command: 'start' | 'start-distributed';
  /** Milliseconds. */
  goal: number;
}

const MODES: readonly Mode[] = [
  { name: 'embedded', command: 'start', goal: 50 },
  { name: 'Kafka', command: 'start-distributed', goal: 250 },
];

/** Reports a second that come through one by one, from HTTP to visible, as fast as they are taken. */
const capacityOf = async (product: Product, first: number, count: number): Promise<number> => {
  const before = (await appliedBy(product))['GB'] ?? 0;
  const seconds = await secondsOf(async () => {
    await publishMany(product, first, count, AT_ONCE);
    await applied(product, { GB: before + count });
  });
  return count / seconds;
};

const part = (taken: readonly number[], share: number, goal: number): Part => {
  const us = percentile(taken, share);
  return { ratio: us / goal, us, baseline: goal, unit: 'ms', n: taken.length };
};

const measured = async ({ after, scale, say }: Context, { name, command, goal }: Mode) => {
  const product = await Product.start({ command });
  after(() => product.dispose());
  await capacityOf(product, 0, WARM);
  const capacity = await capacityOf(product, WARM, CAPACITY);
  const rate = Math.max(1, Math.round(capacity / 2));
  say(`  ${name}: ${Math.round(capacity)} reports/s, so ${rate}/s for ${SECONDS * scale} s`);
  const load = { rate, seconds: SECONDS * scale, followed: FOLLOWED };
  const taken = await publishSteadily(product, WARM + CAPACITY, load);
  await product.dispose();
  const parts = { [`${name} p50`]: part(taken, 0.5, goal), [`${name} p99`]: part(taken, 0.99, goal) };
  return { parts, said: `${name} at ${rate}/s, half of ${Math.round(capacity)}/s` };
};

export const bench: Bench = {
  id: 'P7',
  title: 'publish to visible (p99 of the slower, for its goal)',
  goal: { atMost: 1 },
  grows: true,
  async run(context: Context) {
    const modes = [];
    for (const mode of MODES) modes.push(await measured(context, mode));
    const parts: Record<string, Part> = Object.assign({}, ...modes.map((mode) => mode.parts)) as Record<string, Part>;
    const [worst] = Object.values(parts).sort((a, b) => b.ratio! - a.ratio!);
    const note = `from sending a report to another member's first sight of it, one report a request; ${modes.map(({ said }) => said).join('; ')}; the baseline is the goal`;
    return { ...worst!, parts, note };
  },
};
