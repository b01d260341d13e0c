import { expect, it } from '@jest/globals';
import { compare, ProfileIndex, type Found, type Genotype } from '#dna';
import { chanceOf } from '../../libs/dna/src/testing/chance.ts';
import { changed, person, type Chance } from '../../libs/dna/src/testing/generate.ts';

const SEED = Number(process.env['ACCORD_DNA_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const PEOPLE = 400;

/** People, each with profiles that differ from theirs in a step or a few. */
function family(chance: Chance): Genotype[] {
  return Array.from({ length: PEOPLE }).flatMap(() => {
    const one = person(chance);
    const near = changed(chance, one);
    return [one, one, near, changed(chance, near), changed(chance, changed(chance, near))];
  });
}

/** The same by comparing with each in turn. */
const oracle = (all: ReadonlyMap<number, Genotype>, genotype: Genotype): Found[] =>
  [...all].flatMap(([key, other]) => {
    const match = compare(genotype, other);
    return match ? [{ key, ...match }] : [];
  });

it(`finds what comparing each pair finds (seed ${SEED})`, () => {
  console.log(`dna: seed ${SEED}; ACCORD_DNA_SEED runs it again`);
  const chance = chanceOf(SEED);
  const all = new Map<number, Genotype>();
  const index = new ProfileIndex();
  let key = 0;
  for (const genotype of family(chance)) {
    key += 1 + Math.floor(chance() * 3);
    all.set(key, genotype);
    index.add(key, genotype);
  }
  for (const gone of [...all.keys()].filter(() => chance() < 0.05)) {
    all.delete(gone);
    expect(index.remove(gone)).toBe(true);
    expect(index.remove(gone)).toBe(false);
  }
  const asked = [...all.values()].filter((_, n) => n % 19 === 0).map((one) => changed(chance, one));
  const qualities = new Map<number, number>();
  for (const genotype of asked) {
    const found = index.search(genotype);
    expect(found).toEqual(oracle(all, genotype));
    for (const { quality } of found) qualities.set(quality, (qualities.get(quality) ?? 0) + 1);
  }
  const pairs = asked.length * all.size;
  console.log(`dna: ${pairs} pairs, hits by quality ${JSON.stringify([...qualities].sort())}`);
  expect(pairs).toBeGreaterThanOrEqual(100_000);
  expect([...qualities.keys()].sort()).toEqual([1, 2, 3, 4]);
  expect(index.size).toBe(all.size);
});
