import type { Sql } from '#sql';
import type { Seen } from '../consultation/entry.ts';
import { counted, countsOf, type CountFilter } from './counted.sql.ts';

/** How a series is cut into periods: by what unit days are added up, what a period is, and how long a year is in it. */
const CUTS = {
  day: { unit: 'day', period: 'day', year: `interval '1 year'`, label: 'YYYY-MM-DD' },
  week: { unit: 'week', period: 'week', year: `interval '364 days'`, label: 'IYYY-"W"IW' },
  month: { unit: 'month', period: 'month', year: `interval '1 year'`, label: 'YYYY-MM' },
  year: { unit: 'month', period: 'year', year: `interval '1 year'`, label: 'YYYY' },
} as const;
export type Cut = keyof typeof CUTS;
export const SERIES = Object.keys(CUTS) as Cut[];

export interface SeriesAsked extends CountFilter {
  by: Cut;
  /** First and last day, YYYY-MM-DD. No last: the last that was counted, so that a year so far is compared with as much. */
  from: string;
  to?: string;
  limit: number;
  /** The first day of the period after which to go on. */
  after?: string;
}

export interface Period {
  /** Its first day. */
  start: string;
  period: string;
  migrants: number | null;
  boats: number | null;
  /** How many attempts were prevented. */
  events: number | null;
  /** Of the migrants, those in counts that say boats. */
  in_boats: number | null;
  year_before: number | null;
  /** By day: over the seven days that end with it; null unless all seven were counted. */
  mean: number | null;
  /** `GB:<record>`, parted by spaces. */
  records: string;
}

/**
 * What was counted, by period. A month's own count stands where none of its days was counted, or where it is
 * reconciled and they aren't all; the same with weeks. Both for whole ones only. A count of a week stands in a series by
 * week alone, since it may lie in two months.
 */
const periods = (name: string, { unit, period }: (typeof CUTS)[Cut], counts: string): string => `
  ${name}_counts as (${counts}),
  ${name}_days as (
    select originator, route, date_trunc('${unit}', first_day)::date as unit, sum(migrants) as migrants,
      sum(boats) as boats, sum(events) as events, sum(migrants) filter (where boats is not null) as in_boats,
      bool_and(settled) as settled, string_agg(originator || ':' || record, ' ') as records
    from ${name}_counts where grain = 'day' group by 1, 2, 3
  ),
  ${name}_units as (
    select unit, d.migrants is null or coalesce(w.settled and not d.settled, false) as is_whole,
      d.migrants, d.boats, d.events, d.in_boats, d.records, w.originator || ':' || w.record as record,
      w.migrants as whole_migrants, w.boats as whole_boats, w.events as whole_events
    from ${name}_days d full join (
      select record, originator, route, first_day as unit, settled, migrants, boats, events from ${name}_counts
      where grain = '${unit}' and grain <> 'day'
    ) w using (originator, route, unit)
  ),
  ${name} as (
    select date_trunc('${period}', unit)::date as start,
      sum(case when is_whole then whole_migrants else migrants end)::float8 as migrants,
      sum(case when is_whole then whole_boats else boats end)::float8 as boats,
      sum(case when is_whole then whole_events else events end)::float8 as events,
      sum(case when not is_whole then in_boats when whole_boats is not null then whole_migrants end)::float8 as in_boats,
      string_agg(case when is_whole then record else records end, ' ') as records
    from ${name}_units group by 1
  )`;

/** One period more than asked, oldest first. */
export const series = async (sql: Sql, asked: SeriesAsked, now: number): Promise<Period[]> => {
  const { by, from, to, limit, after } = asked;
  const cut = CUTS[by];
  const where = countsOf(asked, now);
  const counts = String(where);
  const [first, last] = [`${where.param(from)}::date`, '(select day from last)'];
  const earlier = by === 'day' ? `${first} - 6` : first;
  const text = `with
    last as materialized (
      select coalesce(${where.param(to ?? null)}::date, (select max(c.last_day) from views.crossings c where ${counts})) as day
    ),
    ${periods('this', cut, counted(counts, earlier, last))},
    ${periods('former', cut, counted(counts, `${first} - ${cut.year}`, yearBefore(last, cut)))},
    told as (
      select t.*, ${MEAN[by === 'day' ? 'days' : 'none']}
      from this t window seven as (order by t.start range between interval '6 days' preceding and current row)
    )
    select to_char(t.start, 'YYYY-MM-DD') as start, to_char(t.start, '${cut.label}') as period, t.migrants, t.boats,
      t.events, t.in_boats, t.mean, f.migrants as year_before, concat_ws(' ', t.averaged, f.records) as records
    from told t left join former f
      on f.start = (t.start - ${cut.year})::date and (f.start + ${cut.year})::date = t.start
    where t.start >= ${by === 'day' ? first : `date_trunc('${cut.period}', ${first})`}
      and (${where.param(after ?? null)}::date is null or t.start > ${where.param(after ?? null)}::date)
    order by t.start limit ${where.param(limit + 1)}::int`;
  return sql.query<Period>(text, where.params);
};

/** The last day of as much of the year before: a whole February is compared with a whole one, however long it was. */
const yearBefore = (last: string, { year }: (typeof CUTS)[Cut]): string =>
  `greatest(${last} - ${year}, (${last} + 1) - ${year} - interval '1 day')::date`;

const MEAN = {
  days: `case when count(*) over seven = 7 then avg(t.migrants) over seven end as mean,
    string_agg(t.records, ' ') over seven as averaged`,
  none: 'null::float8 as mean, t.records as averaged',
};

/** The records that periods were added up from. */
export const recordsIn = (rows: readonly { records: string }[]): Seen[] => {
  const all = new Set(rows.flatMap(({ records }) => (records === '' ? [] : records.split(' '))));
  return [...all].map((one) => ({ originator: one.slice(0, 2), record: one.slice(3) }));
};
