import { describe, expect, it } from '@jest/globals';
import { RateLimits } from './rate-limit.ts';

const T0 = 1_000_000;

describe('the limit of a token', () => {
  it('is so many a minute, all at once if need be, and then as they are due', () => {
    const limits = new RateLimits(60);
    for (let n = 0; n < 60; n += 1) expect(limits.take('a', T0)).toBe(0);
    expect(Math.ceil(limits.take('a', T0))).toBe(1000);
    expect(Math.ceil(limits.take('a', T0 + 400))).toBe(600);
    expect(limits.take('a', T0 + 1000)).toBe(0);
    expect(limits.take('a', T0 + 1000)).toBeGreaterThan(0);
    for (let n = 0; n < 60; n += 1) expect(limits.take('a', T0 + 61_000)).toBe(0);
    expect(limits.take('a', T0 + 61_000)).toBeGreaterThan(0);
  });

  it('is not used up by refused requests, nor by another token', () => {
    const limits = new RateLimits(1);
    expect(limits.take('a', T0)).toBe(0);
    for (let n = 0; n < 100; n += 1) expect(limits.take('a', T0)).toBeGreaterThan(0);
    expect(limits.take('b', T0)).toBe(0);
    expect(limits.take('a', T0 + 60_000)).toBe(0);
  });

  it('is none where it is 0', () => {
    const limits = new RateLimits(0);
    for (let n = 0; n < 1000; n += 1) expect(limits.take('a', T0)).toBe(0);
    expect(limits.size).toBe(0);
  });

  it('keeps no more tokens than it may, those of whom it matters', () => {
    const limits = new RateLimits(1, 100);
    for (let n = 0; n < 100; n += 1) limits.take(`old ${n}`, T0);
    for (let n = 0; n < 99; n += 1) limits.take(`new ${n}`, T0 + 60_000);
    limits.take('old 0', T0 + 60_000);
    expect(limits.size).toBe(100);
    expect(limits.take('new 0', T0 + 60_000)).toBeGreaterThan(0);
    for (let n = 0; n < 1000; n += 1) {
      limits.take(`more ${n}`, T0 + 60_000);
      expect(limits.size).toBeLessThanOrEqual(100);
    }
    expect(limits.take('more 999', T0 + 60_000)).toBeGreaterThan(0);
  });
});
