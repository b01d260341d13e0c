import { describe, expect, it } from '@jest/globals';
import { Problem, type CrossingBody } from '#contracts';
import { countOf, identityOf } from './crossing.decide.ts';

const day: CrossingBody = { date: '2025-05-15', kind: 'provisional', migrants: 120, boats: 2 };
const month: CrossingBody = { period: '2025-04', kind: 'reconciled', migrants: 50 };
const refused = (body: CrossingBody): string => {
  try {
    countOf(body);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return `${error.status} ${error.code} ${error.errors.map(({ path, rule }) => `${path} ${rule}`).join(', ')}`;
  }
  return 'accepted';
};

describe('a count of crossings', () => {
  it('is kept as it was said', () => expect(countOf({ ...day, reviewBy: '2030-01-01' })).toEqual(day));

  it('is the same in whatever order its nationalities are said', () => {
    const one = [
      { country: 'XK', count: 3 },
      { country: 'al', count: 12 },
    ];
    const other = [
      { country: 'al', count: 12 },
      { country: 'xk', count: 3 },
    ];
    expect(countOf({ ...month, nationalities: one })).toEqual(countOf({ ...month, nationalities: other }));
    expect(countOf({ ...month, nationalities: [] })).toEqual(countOf(month));
  });

  it('is one per day or period, kind and route', () => {
    expect(identityOf(day)).toEqual(['provisional', '2025-05-15', '']);
    expect(identityOf({ ...month, route: 'Channel', migrants: 9 })).toEqual(['reconciled', '2025-04', 'Channel']);
  });

  const cells = (...countries: string[]) => countries.map((country) => ({ country, count: 20 }));
  it.each<[CrossingBody, string]>([
    [{ ...day, period: '2025-05' }, '/period date-or-period'],
    [{ ...day, date: undefined }, '/date required'],
    [{ ...month, period: '2025-13' }, '/period period'],
    [{ ...month, period: '2025-W53' }, '/period period'],
    [{ ...day, boats: undefined }, '/boats required'],
    [{ ...month, period: '2025-W20', nationalities: cells('al') }, '/nationalities period'],
    [{ ...month, nationalities: cells('al', 'zz') }, '/nationalities/1/country country'],
    [{ ...month, nationalities: cells('al', 'AL') }, '/nationalities/1/country unique'],
    [{ ...month, nationalities: cells('al', 'ir', 'vn') }, '/nationalities sum'],
  ])('is refused: %j', (body, expected) => expect(refused(body)).toBe(`422 crossing.invalid ${expected}`));

  it.each<CrossingBody>([
    month,
    { ...day, kind: 'prevented', boats: undefined, events: 2 },
    { ...month, period: '2020-W53' },
    { ...month, nationalities: cells('al', 'ir') },
  ])('is taken: %j', (body) => expect(refused(body)).toBe('accepted'));
});
