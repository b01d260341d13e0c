import { describe, expect, it } from '@jest/globals';
import { shownCountries } from './suppression.ts';

const COUNTRIES = ['al', 'ir', 'vn', 'xk'];
const sum = (counts: readonly number[]): number => counts.reduce((all, n) => all + n, 0);
const cells = (counts: readonly number[]) => counts.map((migrants, n) => ({ country: COUNTRIES[n]!, migrants }));

/** What another member is told of one count: its total, the nationalities that are shown, and nothing else. */
const told = (total: number, counts: readonly number[]): string => {
  const shown = shownCountries(total, cells(counts));
  return JSON.stringify([total, cells(counts).filter(({ country }) => shown.has(country))]);
};

describe('what other members are told of the nationalities in a count', () => {
  it.each([
    ['all, where none is small', 60, [30, 10, 20], ['al', 'ir', 'vn']],
    ['none that is small, nor the smallest of the others', 63, [30, 3, 20, 10], ['al', 'vn']],
    ['none of those that are equally small', 53, [30, 3, 10, 10], ['al']],
    ['nothing of two: the total would give the other back', 15, [12, 3], []],
    ['nothing where all are small', 6, [3, 3], []],
    ['nothing of a single one', 3, [3], []],
    ['not the smallest, where so few are of no nationality', 43, [30, 10], ['al']],
    ['all, where many are of no nationality', 90, [30, 10], ['al', 'ir']],
    ['nothing of none', 0, [0, 0], []],
  ])('%s', (_, total, counts, shown) => expect([...shownCountries(total, cells(counts))]).toEqual(shown));

  // Every count of up to four nationalities and some of none, each from 0 to 8: whoever is told of one, and knows how
  // it is decided what is told, still can't know a small cell.
  const sizes = Array.from({ length: 9 }, (_, n) => n);
  const worlds = sizes.flatMap((a) => sizes.flatMap((b) => sizes.flatMap((c) => sizes.map((d) => [a, b, c, d]))));

  it('leaves every small cell open, whatever else is known of the rule', () => {
    const heard = new Map<string, Set<number>[]>();
    const all = worlds.flatMap((counts) => [0, 1, 4, 5, 8].map((rest) => ({ counts, rest })));
    for (const { counts, rest } of all) {
      const line = told(rest + counts.reduce((sum, n) => sum + n, 0), counts);
      const values = heard.get(line) ?? COUNTRIES.map(() => new Set<number>());
      heard.set(line, values);
      counts.forEach((count, n) => values[n]!.add(count));
    }
    const known = all.filter(({ counts, rest }) => {
      const values = heard.get(told(rest + counts.reduce((sum, n) => sum + n, 0), counts))!;
      return counts.some((count, n) => count > 0 && count < 5 && values[n]!.size === 1);
    });
    expect(known).toEqual([]);
  });

  it('leaves it open also to who knows which nationalities there are, unless there is one person of each', () => {
    const heard = new Map<string, Set<number>[]>();
    const hear = (counts: readonly number[]) =>
      `${told(sum(counts), counts)} ${counts.map((count) => count > 0).join()}`;
    for (const counts of worlds) {
      const values = heard.get(hear(counts)) ?? COUNTRIES.map(() => new Set<number>());
      heard.set(hear(counts), values);
      counts.forEach((count, n) => values[n]!.add(count));
    }
    const known = worlds.filter((counts) => {
      const values = heard.get(hear(counts))!;
      return counts.some((count, n) => count > 0 && count < 5 && values[n]!.size === 1);
    });
    // Of one nationality alone the total is the cell.
    const alone = (counts: readonly number[]) => counts.filter((count) => count > 0).length === 1;
    expect(known.filter((counts) => !alone(counts) && Math.max(...counts) > 1)).toEqual([]);
  });

  it('hides six people or more, or everything', () => {
    for (const counts of worlds) {
      const total = counts.reduce((sum, n) => sum + n, 0);
      const shown = shownCountries(total, cells(counts));
      const hidden = cells(counts).filter(({ country, migrants }) => migrants > 0 && !shown.has(country));
      const people = hidden.reduce((sum, { migrants }) => sum + migrants, 0);
      if (shown.size > 0 && hidden.length > 0) expect([hidden.length > 1, people > 5]).toEqual([true, true]);
    }
  });
});
