import type { Random } from './random.ts';

/** What a figure must reach: `ratio`, or `us` where it has an absolute goal. */
export interface Goal {
  of?: 'ratio' | 'us';
  atLeast?: number;
  atMost?: number;
}

/** One measurement beside its baseline, of the same run. */
export interface Part {
  /** Of ours and its baseline; null where there is none. A bench says which way is better by its goal. */
  ratio: number | null;
  us: number;
  baseline: number | null;
  /** Of `us` and `baseline`: "events/s", "ms". */
  unit: string;
  /** How many were measured: events, rows, requests. */
  n: number;
  /** Where it isn't the bench's own. Null: told, not judged. */
  goal?: Goal | null;
}

export interface Figure extends Part {
  parts: Record<string, Part>;
  /** What a reader must know of it: the load, what is left out. */
  note?: string;
}

/** What a bench runs with. */
export interface Context {
  seed: number;
  /** Sizes are multiplied by it. */
  scale: number;
  /** How many events P10 sends, where it was asked. */
  events?: number;
  /** A generator that begins anew for each bench: the same seed, the same data. */
  random: Random;
  /** An empty folder, removed after the bench. */
  folder(name: string): string;
  /** The URL of an empty database of a real server: the same for all benches of a run, started when first asked for. */
  newDatabase(): Promise<string>;
  /** Progress, for whoever waits. */
  say(line: string): void;
  /** To be done after the bench, whatever comes of it; the last first. */
  after(work: () => Promise<unknown>): void;
}

/** One bench: a file `p<n>.ts` of this folder that exports it as `bench`. */
export interface Bench {
  /** "P1". */
  id: string;
  title: string;
  /** Of its ratio; parts may have their own. */
  goal: Goal;
  /** Whether it is run at 1× and 10× to see how cost grows. */
  grows?: boolean;
  run(context: Context): Promise<Figure>;
}

export function meets(part: Part, goal: Goal): boolean {
  const value = goal.of === 'us' ? part.us : part.ratio;
  if (value === null) return false;
  return value >= (goal.atLeast ?? -Infinity) && value <= (goal.atMost ?? Infinity);
}

/** A figure of its worst part. Parts with a goal of their own, or none, don't count. */
export function worstOf(parts: Record<string, Part>, goal: Goal, note?: string): Figure {
  const counted = Object.values(parts).filter((part) => part.goal === undefined && part.ratio !== null);
  const better = goal.atLeast === undefined ? -1 : 1;
  const [worst] = counted.sort((a, b) => better * (a.ratio! - b.ratio!));
  if (!worst) throw new Error('No part of it counts');
  return { ...worst, parts, ...(note !== undefined && { note }) };
}
