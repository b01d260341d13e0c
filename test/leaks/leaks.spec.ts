import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gapsIn, main } from './main.ts';
import { checksFor } from './checks.ts';
import { pathsOf } from './paths.ts';
import { Side } from './side.ts';
import { sees, VIEWERS, visibleTo, withoutTellingClaims } from './viewers.ts';
import { wordsFor, wordsFrom } from './words.ts';
import { worldFrom } from './world.ts';

// Printed by name, so that a failure can be run again: ACCORD_LEAKS_SEED=… npm test -- test/leaks
const freshSeed = Number(process.env['ACCORD_LEAKS_SEED'] ?? Math.floor(Math.random() * 1e9));
// The known world for everyone; a fresh one, each time, for one of them, because every question is asked twice.
const viewersOf = (seed: number) => (seed === 7 ? VIEWERS : VIEWERS.filter((_, i) => i === seed % VIEWERS.length));

describe.each([7, freshSeed])('what is hidden, in the world of seed %i', (seed) => {
  const world = withoutTellingClaims(worldFrom(seed));
  let whole: Side;
  let part: Side;

  beforeAll(async () => {
    whole = await Side.open();
    part = await Side.open();
  });
  afterAll(async () => {
    await whole.close();
    await part.close();
  });

  it.each(viewersOf(seed).map((viewer) => [viewer.member, viewer.clearance, viewer.purpose, viewer] as const))(
    'changes no byte, header, statement or log entry of %s, %s, for %s',
    async (member, _clearance, _purpose, viewer) => {
      const { quiet, told } = wordsFor(viewer, world.items, wordsFrom(seed, world));
      const checks = checksFor(viewer, world.items);
      await whole.fill(world.items, world.claims, quiet, checks);
      await part.fill(visibleTo(viewer, world.items), world.claims, told, checks);
      const asked = pathsOf(world, viewer);
      const without = await part.answers(asked, viewer);
      const hidden = await whole.answers(asked, viewer);
      for (const [i, answer] of hidden.entries()) expect(answer).toEqual(without[i]);
      expect(hidden).toHaveLength(without.length);
      expect(await whole.log(member)).toEqual(await part.log(member));
    },
    240_000,
  );
});

describe('the generated worlds', () => {
  it('hide much and show much, so that the comparison means something', () => {
    for (const seed of [7, 8, 9]) {
      const { items } = worldFrom(seed);
      for (const viewer of VIEWERS.slice(0, 4)) {
        const visible = items.filter(({ access }) => sees(viewer, access)).length;
        expect(visible).toBeGreaterThan(2);
        expect(items.length - visible).toBeGreaterThan(8);
      }
    }
  });
});

describe('the command', () => {
  it('ends with the number of differences, and says what it asked', async () => {
    const lines: string[] = [];
    const code = await main(['--rounds', '4', '--seed', String(freshSeed)], (line) => lines.push(line));
    expect(lines.slice(0, 2)).toEqual([`seed ${freshSeed}`, 'rounds 4']);
    expect(lines.at(-1)).toBe('0 differences');
    expect(code).toBe(0);
  }, 180_000);

  it('says what a run never asked', () => {
    expect(gapsIn(new Map([['GET /v1/reports 200', 5]]), 1000)).toContain('never: GET /v1/notices 200');
  });
});
