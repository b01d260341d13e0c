import type { Sql } from '#sql';
import type { Conditions } from '../reading/conditions.ts';
import { counted, countsOf, type CountFilter } from './counted.sql.ts';

export interface BreakdownAsked extends CountFilter {
  from: string;
  to?: string;
  limit: number;
  /** After which to go on: rank, migrants and nationality of the last item. */
  after?: readonly [number, number, string];
}

export interface NationalityRow {
  /** 0 for a nationality, 1 for all others together. */
  rank: number;
  nationality: string;
  migrants: number;
  /** By year: { "2025": 12 }. */
  years: Record<string, number>;
  /** The first and the last day of what is broken down. */
  first: string;
  last: string;
  records: string;
}

/** The rest of those counts: nationalities that aren't said, and those that this viewer isn't told of. */
export const OTHER = 'other';

/**
 * By nationality, the largest first, and last all others together. Of months that are broken down; for the viewer's own
 * member also of days, where the month itself isn't. The database lets no hidden cell of others through.
 */
export const nationalities = (sql: Sql, asked: BreakdownAsked, now: number): Promise<NationalityRow[]> => {
  const where = countsOf(asked, now).and('c.broken_down').and(`(c.grain = 'month' or (c.grain = 'day' and ${OWN}))`);
  const counts = counted(where, `${where.param(asked.from)}::date`, `${where.param(asked.to ?? 'infinity')}::date`);
  const place = asked.after ? placeAfter(where, asked.after) : 'true';
  const text = `with counts as (${counts}),
    chosen as (
      select c.* from counts c
      where c.grain = 'month' or not exists (
        select from counts m where m.grain = 'month' and m.originator = c.originator and m.route = c.route
          and m.first_day = date_trunc('month', c.first_day)::date)
    ),
    cells as (
      select n.country, c.first_day, c.originator || ':' || c.record as record, n.migrants
      from chosen c join views.crossing_nationalities n on n.record = c.record where n.migrants > 0
      union all
      select '${OTHER}', c.first_day, c.originator || ':' || c.record, c.migrants - coalesce(
        (select sum(n.migrants) from views.crossing_nationalities n where n.record = c.record), 0)
      from chosen c
    ),
    by_year as (
      select country, extract(year from first_day)::int as year, sum(migrants)::float8 as migrants,
        string_agg(record, ' ') as records
      from cells group by 1, 2
    ),
    items as (
      select (country = '${OTHER}')::int as rank, country as nationality, sum(migrants) as migrants,
        json_object_agg(year::text, migrants order by year) as years, string_agg(records, ' ') as records
      from by_year group by country having sum(migrants) > 0
    )
    select i.*, (select to_char(min(first_day), 'YYYY-MM-DD') from chosen) as first,
      (select to_char(max(first_day), 'YYYY-MM-DD') from chosen) as last
    from items i
    where ${place}
    order by rank, migrants desc, nationality collate "C" limit ${where.param(asked.limit + 1)}::int`;
  return sql.query<NationalityRow>(text, where.params);
};

const placeAfter = (where: Conditions, [rank, migrants, nationality]: NonNullable<BreakdownAsked['after']>): string =>
  `(rank, -migrants, nationality collate "C") >
    (${where.param(rank)}::int, -(${where.param(migrants)}::float8), ${where.param(nationality)}::text)`;

const OWN = `c.originator = (select current_setting('accord.member', true))`;
