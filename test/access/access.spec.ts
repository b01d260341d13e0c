import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { compare } from './compare.ts';
import { openViews } from './database.ts';
import { gapsIn, main } from './main.ts';
import { describeCase } from './shrink.ts';

const cases = 1500;
// Printed by name, so that a failure can be run again: npm run test:access -- --cases 1500 --seed …
const freshSeed = Math.floor(Math.random() * 1e9);

describe('function, database and oracle', () => {
  let db: Database;
  beforeAll(async () => {
    db = await openViews();
  });
  afterAll(() => db.close());

  it.each([11, freshSeed])(`agree on ${cases} generated cases, seed %i`, async (seed) => {
    const { disagreements } = await compare(db, { seed, cases });
    expect(disagreements.slice(0, 1).map(describeCase)).toEqual([]);
  });

  it('come to every outcome of the rule', async () => {
    const { tally } = await compare(db, { seed: 11, cases });
    expect(gapsIn(tally, cases)).toEqual([]);
  });
});

describe('the command', () => {
  it('ends with the number of disagreements, and tells the same of the same seed', async () => {
    const run = async () => {
      const lines: string[] = [];
      const code = await main(['--cases', '120', '--seed', '3'], (line) => lines.push(line));
      return { code, lines };
    };
    const first = await run();
    expect(first.code).toBe(0);
    expect(first.lines.slice(0, 2)).toEqual(['seed 3', 'cases 120']);
    expect(first.lines.at(-1)).toBe('0 disagreements');
    expect(await run()).toEqual(first);
  });

  it('says when a run has tested too little', () => {
    expect(gapsIn(new Map([['permit 2', 2000]]), 2000)).toContain('no case came to: deny 5 country-of-origin');
  });
});
