import { plusDays, weekAround } from '#contracts';
import type { Sql } from '#sql';
import type { ReadResult } from '../reading/reading.ts';
import { peoplePerBoat, rounded } from './crossing-items.ts';
import { recordsIn, series, type Cut, type Period } from './series.query.ts';

export interface SummaryAsked {
  originator: string;
  date: string;
}

/** A day as the year before has it; null for 29 February. */
const yearBefore = (date: string): string | null => {
  const year = String(Number(date.slice(0, 4)) - 1).padStart(4, '0');
  return date.endsWith('-02-29') ? null : `${year}${date.slice(4)}`;
};

/** What crossed, as far as this viewer may see it; null where nothing of it was counted. */
export const summarise = async (
  sql: Sql,
  { originator, date }: SummaryAsked,
  now: number,
): Promise<ReadResult<object>> => {
  const one = async (by: Cut, from: string, to: string): Promise<Period> =>
    (await series(sql, { originator, by, from, to, limit: 1 }, now))[0] ?? NOTHING;
  const before = yearBefore(date);
  const { first, last } = weekAround(date);
  const day = await one('day', date, date);
  const week = await one('week', first, last);
  const weekBefore = await one('week', plusDays(first, -7), plusDays(last, -7));
  const year = await one('year', `${date.slice(0, 4)}-01-01`, date);
  const lastYear = before === null ? NOTHING : await one('day', before, before);
  const answer = {
    date,
    day: day.migrants,
    week: week.migrants,
    yearToDate: year.migrants,
    sameDayLastYear: lastYear.migrants,
    boats: day.boats,
    peoplePerBoat: peoplePerBoat(day),
    sevenDayMean: rounded(day.mean),
    yearToDateLastYear: year.year_before,
    weekBefore: weekBefore.migrants,
  };
  return { answer, records: recordsIn([day, week, weekBefore, year, lastYear]) };
};

const NOTHING: Period = {
  ...{
    start: '',
    period: '',
    migrants: null,
    boats: null,
    events: null,
    in_boats: null,
    year_before: null,
    mean: null,
  },
  records: '',
};
