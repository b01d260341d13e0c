import { spanOf, type CrossingContent, type CrossingGrain, type Span } from '#contracts';
import type { Rows } from '../records/record.ts';
import { protectedTable, snapshotTable } from '../records/tables.ts';
import { snapshots, type Released, type View } from '../records/view.ts';
import { shownCountries } from './suppression.ts';

/** Throws where it is of no day, week or month: the event is poison then. */
const timeOf = ({ date, period }: CrossingContent): Span & { grain: CrossingGrain } => {
  if (date !== undefined) return { grain: 'day', first: date, last: date };
  const span = period === undefined ? null : spanOf(period);
  if (!span) throw new Error('A count is of a day, a week or a month');
  return { grain: period!.includes('W') ? 'week' : 'month', ...span };
};

/**
 * A count, and its nationalities. Other members are told those of a month only: of a day or a week they would be parts
 * of a month's, and what is hidden in a part would be the difference.
 */
export function crossingRows({ content }: Released): Rows {
  const count = content as CrossingContent;
  const { grain, first, last } = timeOf(count);
  const { kind, route = '', migrants, boats = null, events = null, nationalities = [] } = count;
  const cells = nationalities.map(({ country, count }) => ({ country, migrants: count }));
  const shown = grain === 'month' ? shownCountries(migrants, cells) : new Set<string>();
  const row = { kind, grain, first_day: first, last_day: last, route, migrants, boats, events };
  return {
    crossings: [{ ...row, broken_down: cells.length > 0 }],
    crossing_nationalities: cells.map((cell) => ({ ...cell, shown: shown.has(cell.country) })),
  };
}

export const crossingsView: View = {
  name: 'crossings',
  script: new URL('./schema.sql', import.meta.url),
  tables: [
    snapshotTable('crossings', {
      kind: 'text',
      grain: 'text',
      first_day: 'date',
      last_day: 'date',
      route: 'text',
      migrants: 'integer',
      boats: 'integer',
      events: 'integer',
      broken_down: 'boolean',
    }),
    protectedTable(
      'crossing_nationalities',
      { country: 'text', migrants: 'integer', shown: 'boolean' },
      { key: ['country'] },
    ),
  ],
  feeds: [{ kind: 'crossing', table: 'crossings' }],
  projections: snapshots(
    'crossing',
    ['accord.crossings.crossing-reported.v1', 'accord.crossings.crossing-corrected.v1'],
    crossingRows,
  ),
};
