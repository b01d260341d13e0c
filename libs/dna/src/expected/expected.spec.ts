import { describe, expect, it } from '@jest/globals';
import type { Profile } from '../genotype.ts';
import { LOCI } from '../loci.ts';
import { genotypeOf } from '../read-profile.ts';
import { chanceOf } from '../testing/chance.ts';
import { person } from '../testing/generate.ts';
import { compare } from '../compare.ts';
import { COUNTS, SAMPLE_ALLELES } from './counts.ts';
import { commonPlaces, matchProbability } from './expected.ts';
import { frequenciesOf } from './frequencies.ts';

const half = frequenciesOf({ vWA: '14:50 15:50', TH01: '6:50 7:50' }, 100);
const of = (loci: Profile['loci']) => genotypeOf({ loci });

describe('a chance match', () => {
  it('is as probable as its alleles are frequent', () => {
    const probable = (loci: Profile['loci'], quality: 1 | 4) =>
      matchProbability(of(loci), commonPlaces(of(loci), of(loci)), quality, half);
    // 2pq is 0.5, p² is 0.25; with θ a little more.
    expect(probable({ vWA: ['14', '15'] }, 1)).toBeCloseTo(0.495, 2);
    expect(probable({ vWA: ['14', '14'] }, 1)).toBeCloseTo(0.26, 2);
    expect(probable({ vWA: ['14', '15'], TH01: ['6', '7'] }, 1)).toBeCloseTo(0.495 ** 2, 2);
    expect(probable({ vWA: ['14', '14'] }, 4)).toBeGreaterThan(0.75);
    // Wherever the frequencies are not known, nothing is gained.
    expect(probable({ FES: ['10', '11'] }, 1)).toBe(1);
  });

  it('is never counted for less than strangers meet', () => {
    const chance = chanceOf(7);
    const people = Array.from({ length: 500 }, () => person(chance).fill(0, 2 * 7));
    let [expected, met] = [0, 0];
    for (const [n, one] of people.entries()) {
      expected += (people.length - n - 1) * matchProbability(one, [...LOCI.keys()].slice(0, 7), 4);
      for (const other of people.slice(n + 1)) if (compare(one, other)) met += 1;
    }
    expect(met).toBeLessThan(expected);
    expect(expected).toBeLessThan(200);
  });
});

it('the counts are of whole samples', () => {
  for (const counts of Object.values(COUNTS)) {
    const sum = counts.split(' ').reduce((all, entry) => all + Number(entry.split(':')[1]), 0);
    expect(sum).toBe(SAMPLE_ALLELES);
  }
});
