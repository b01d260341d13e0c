import { plusDays, weekAround } from '#contracts';
import type { Sql } from '#sql';
import type { ReadResult } from '../reading/reading.ts';
import { peoplePerBoat } from './crossing-items.ts';
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
export const summarise = async (sql: Sql, asked: SummaryAsked, now: number): Promise<ReadResult<object>> => {
  const { originator, date } = asked;
  const read: Period[] = [];
  const one = async (by: Cut, from: string, to: string): Promise<Period | undefined> => {
    const [row] = await series(sql, { originator, by, from, to, limit: 1 }, now);
    if (row) read.push(row);
    return row;
  };
  const before = yearBefore(date);
  const { first, last } = weekAround(date);
  const day = await one('day', date, date);
  const week = await one('week', first, last);
  const year = await one('year', `${date.slice(0, 4)}-01-01`, date);
  const lastYear = before === null ? undefined : await one('day', before, before);
  const answer = {
    date,
    day: day?.migrants ?? null,
    week: week?.migrants ?? null,
    yearToDate: year?.migrants ?? null,
    sameDayLastYear: lastYear?.migrants ?? null,
    boats: day?.boats ?? null,
    peoplePerBoat: day ? peoplePerBoat(day) : null,
    sevenDayMean: day?.mean == null ? null : Number(day.mean.toFixed(2)),
    yearToDateLastYear: year?.year_before ?? null,
    weekEnds: last,
    weekBefore: (await one('week', plusDays(first, -7), plusDays(last, -7)))?.migrants ?? null,
  };
  return { answer, records: recordsIn(read) };
};
