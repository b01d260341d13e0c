import type { Part } from './bench.ts';
import { seconds } from './clock.ts';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value that a share `p` (0…1) of them doesn't exceed. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * p) - 1))]!;
}

/** Seconds that work takes. */
export async function secondsOf(work: () => Promise<unknown> | unknown): Promise<number> {
  const started = seconds();
  await work();
  return seconds() - started;
}

/** A run answers the seconds of what it measures, so that what it prepares doesn't count. */
export type Run = (round: number) => Promise<number>;

/** Seconds of each pair of runs. */
export type Pairs = readonly { us: number; baseline: number }[];

/**
 * Runs both sides in turn, each first every other time, so that what the machine does meanwhile meets both alike. The
 * first pair warms up and doesn't count.
 */
export async function pairs(rounds: number, us: Run, baseline: Run): Promise<Pairs> {
  const taken: { us: number; baseline: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % 2 === 0 ? await baseline(round) : await us(round);
    const second = round % 2 === 0 ? await us(round) : await baseline(round);
    taken.push(round % 2 === 0 ? { us: second, baseline: first } : { us: first, baseline: second });
  }
  return taken.slice(1);
}

/** Of pairs that do `n` things each: things per second, and the median of the pairs' ratios (more is better). */
export function throughput(taken: Pairs, n: number, unit: string): Part {
  const ratio = median(taken.map(({ us, baseline }) => baseline / us));
  const per = (side: 'us' | 'baseline') => n / median(taken.map((pair) => pair[side]));
  return { ratio, us: per('us'), baseline: per('baseline'), unit, n: n * taken.length };
}

/** Of pairs that do `n` things each: time of one, in a unit of which `perSecond` make a second (less is better). */
export function cost(taken: Pairs, n: number, unit: string, perSecond: number): Part {
  const ratio = median(taken.map(({ us, baseline }) => us / baseline));
  const each = (side: 'us' | 'baseline') => (median(taken.map((pair) => pair[side])) * perSecond) / n;
  return { ratio, us: each('us'), baseline: each('baseline'), unit, n: n * taken.length };
}
