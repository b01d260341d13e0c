import { isDate } from '../validation/index.ts';

const DAY = 86_400_000;

/** Days from the first to the last, both in it; YYYY-MM-DD. */
export interface Span {
  first: string;
  last: string;
}

const text = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** A date so many days later, or earlier. */
export const plusDays = (date: string, days: number): string => text(Date.parse(date) + days * DAY);

/** Days since Monday: 0 to 6. */
const weekday = (date: string): number => (new Date(date).getUTCDay() + 6) % 7;

/** The week that a day is in, from Monday to Sunday. */
export const weekAround = (date: string): Span => {
  const first = plusDays(date, -weekday(date));
  return { first, last: plusDays(first, 6) };
};

/** The ISO 8601 week of a day, as 2025-W20: the week belongs to the year that its Thursday is in. */
export const weekOf = (date: string): string => {
  const thursday = plusDays(weekAround(date).first, 3);
  const year = thursday.slice(0, 4);
  const days = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / DAY;
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`;
};

const weekSpan = (year: string, week: number): Span | null => {
  // 4 January is always in the first week.
  const span = weekAround(plusDays(`${year}-01-04`, (week - 1) * 7));
  const exists = weekOf(span.first) === `${year}-W${String(week).padStart(2, '0')}`;
  // The last week of 9999 ends in a year of five digits, which no date here has.
  return exists && isDate(span.last) ? span : null;
};

const monthSpan = (year: string, month: string): Span | null => {
  const first = `${year}-${month}-01`;
  if (!isDate(first)) return null;
  const next = plusDays(first, 31).slice(0, 7);
  return { first, last: plusDays(`${next}-01`, -1) };
};

/** The days of a month (2025-04) or an ISO week (2025-W20); null where the calendar has no such one. */
export const spanOf = (period: string): Span | null => {
  const [, year, week, month] = /^(\d{4})-(?:W(\d\d)|(\d\d))$/.exec(period) ?? [];
  if (year === undefined || !isDate(`${year}-01-01`)) return null;
  return month === undefined ? weekSpan(year, Number(week)) : monthSpan(year, month);
};
