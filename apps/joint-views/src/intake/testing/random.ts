/** A generator of pseudo-random numbers (mulberry32): the same seed, the same numbers. */
export class Random {
  constructor(private state: number) {}

  /** 0 ≤ x < 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  some<T>(from: readonly T[]): T[] {
    return from.filter(() => this.next() < 0.5);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }
}

/** Seeds to run: new ones each time, or the one that VIEWS_SEED names, to run it again. */
export function seeds(count: number): number[] {
  const given = process.env['VIEWS_SEED'];
  if (given !== undefined) return [Number(given)];
  const first = Date.now() % 1_000_000;
  return Array.from({ length: count }, (_, n) => first + n);
}
