import { describe, expect, it } from '@jest/globals';
import { plusDays, spanOf, weekOf } from './index.ts';

describe('periods', () => {
  it.each([
    ['2025-05-15', '2025-W20'],
    ['2025-05-18', '2025-W20'],
    ['2025-05-19', '2025-W21'],
    ['2024-12-30', '2025-W01'],
    ['2027-01-03', '2026-W53'],
    ['2021-01-03', '2020-W53'],
  ])('%s is in the week %s', (date, week) => expect(weekOf(date)).toBe(week));

  it.each([
    ['2025-W20', '2025-05-12', '2025-05-18'],
    ['2025-W01', '2024-12-30', '2025-01-05'],
    ['2020-W53', '2020-12-28', '2021-01-03'],
    ['2025-04', '2025-04-01', '2025-04-30'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2025-12', '2025-12-01', '2025-12-31'],
  ])('%s lasts from %s to %s', (period, first, last) => expect(spanOf(period)).toEqual({ first, last }));

  it.each(['2025-W53', '2025-W00', '2025-13', '2025-00', '2025', '0000-01', '2025-W1', '9999-W52', 'May'])(
    'knows no period %s',
    (period) => expect(spanOf(period)).toBeNull(),
  );

  it('counts days over the ends of months', () => expect(plusDays('2024-02-28', 2)).toBe('2024-03-01'));
});
