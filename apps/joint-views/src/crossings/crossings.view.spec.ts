import { describe, expect, it } from '@jest/globals';
import type { CrossingContent } from '#contracts';
import { crossingRows } from './crossings.view.ts';

const rows = (content: CrossingContent) =>
  crossingRows({ id: '', type: '', record: '', originator: 'GB', at: '', access: null, content });

describe('a count in the views', () => {
  it('is of a day', () => {
    expect(rows({ kind: 'provisional', date: '2025-05-15', migrants: 120, boats: 2 })).toEqual({
      crossings: [
        {
          kind: 'provisional',
          grain: 'day',
          first_day: '2025-05-15',
          last_day: '2025-05-15',
          route: '',
          migrants: 120,
          boats: 2,
          events: null,
          broken_down: false,
        },
      ],
      crossing_nationalities: [],
    });
  });

  it('is of a week or a month', () => {
    const span = (period: string) => rows({ kind: 'prevented', period, migrants: 9, events: 1 })['crossings']![0];
    expect(span('2025-W20')).toMatchObject({ grain: 'week', first_day: '2025-05-12', last_day: '2025-05-18' });
    expect(span('2024-02')).toMatchObject({
      grain: 'month',
      first_day: '2024-02-01',
      last_day: '2024-02-29',
      events: 1,
    });
    expect(() => span('2025-W53')).toThrow('a day, a week or a month');
  });

  it('shows other members the nationalities of a month, as far as none can be told that is small', () => {
    const nationalities = [
      { country: 'al', count: 30 },
      { country: 'ir', count: 12 },
      { country: 'xk', count: 3 },
    ];
    const shown = (of: { date: string } | { period: string }) =>
      rows({ kind: 'reconciled', ...of, migrants: 45, nationalities })['crossing_nationalities']!.map(
        (row) => row['shown'],
      );
    expect(shown({ period: '2025-04' })).toEqual([true, false, false]);
    expect(shown({ date: '2025-04-01' })).toEqual([false, false, false]);
    expect(shown({ period: '2025-W15' })).toEqual([false, false, false]);
  });
});
