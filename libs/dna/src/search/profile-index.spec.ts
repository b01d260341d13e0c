import { describe, expect, it } from '@jest/globals';
import { chanceOf } from '../testing/chance.ts';
import { person } from '../testing/generate.ts';
import { ProfileIndex } from './profile-index.ts';
import { SearchEngine } from './search-engine.ts';

describe('the index of profiles', () => {
  it('holds more alleles of a locus than it had room for', () => {
    const index = new ProfileIndex();
    const chance = chanceOf(1);
    const base = person(chance);
    for (let n = 0; n < 90; n += 1) {
      const one = base.slice();
      one.set([20 + n * 10, 20 + n * 10], 0);
      index.add(n, one);
    }
    const asked = base.slice();
    asked.set([300, 300], 0);
    expect(index.search(asked)).toMatchObject([{ key: 28, quality: 1 }]);
    asked.set([300, 310], 0);
    expect(index.search(asked)).toMatchObject([{ key: 28 }, { key: 29 }]);
  });

  it('takes keys in their order only', () => {
    const index = new ProfileIndex();
    const one = person(chanceOf(2));
    index.add(5, one);
    expect(() => index.add(5, one)).toThrow(RangeError);
    expect(index.last).toBe(5);
    expect(index.remove(4)).toBe(false);
  });
});

describe('the search in a thread of its own', () => {
  it('adds, finds, removes and ends', async () => {
    const engine = new SearchEngine();
    const [a, b] = [person(chanceOf(3)), person(chanceOf(4))];
    await engine.add([
      { key: 1, genotype: a },
      { key: 2, genotype: b },
    ]);
    expect(await engine.search([a, b])).toMatchObject([[{ key: 1, quality: 1 }], [{ key: 2, quality: 1 }]]);
    await engine.remove([1]);
    expect(await engine.search([a])).toEqual([[]]);
    expect(await engine.measure()).toMatchObject({ size: 1, last: 2 });
    await expect(engine.add([{ key: 2, genotype: a }])).rejects.toThrow('greater than all before');
    await engine.close();
    expect(engine.ended).toBe(true);
    await expect(engine.measure()).rejects.toThrow('ended');
  });
});
