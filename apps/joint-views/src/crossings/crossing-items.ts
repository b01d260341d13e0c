import type { NationalityRow } from './nationalities.query.ts';
import type { Period } from './series.query.ts';

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** To two places. */
export const rounded = (value: number | null): number | null => (value === null ? null : round(value, 2));

/** How many to a boat, of those who came in boats that were counted. */
export const peoplePerBoat = ({ boats, in_boats }: Pick<Period, 'boats' | 'in_boats'>): number | null =>
  boats && in_boats !== null ? round(in_boats / boats, 2) : null;

/** Against the same time a year before: -0.95 is 95 % fewer. */
const change = (now: number | null, before: number | null): number | null =>
  before && now !== null ? round((now - before) / before, 4) : null;

export const periodItem = (row: Period, by: string) => ({
  period: row.period,
  migrants: row.migrants,
  boats: row.boats,
  ...(row.events !== null && { events: row.events }),
  peoplePerBoat: peoplePerBoat(row),
  yearBefore: row.year_before,
  change: change(row.migrants, row.year_before),
  ...(by === 'day' && { sevenDayMean: rounded(row.mean) }),
});

/** Boats aren't counted by nationality. */
export const nationalityItem = ({ nationality, migrants, years, first, last }: NationalityRow) => ({
  period: first.slice(0, 7) === last.slice(0, 7) ? first.slice(0, 7) : `${first.slice(0, 7)}/${last.slice(0, 7)}`,
  nationality,
  migrants,
  boats: null,
  years,
});
