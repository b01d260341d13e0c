import { weekOf } from '#contracts';
import type { OwnRecords } from './format.ts';

export const CROSSINGS = '/v1/crossings';
const DAYS_IN_A_WEEK = 7;

/** What crossed in a day or a week. */
export interface Count {
  migrants: number;
  /** A week needn't say. */
  boats?: number;
}

type Kept = Count & { kind: 'provisional' | 'reconciled' };

/** What the member's own node holds of days and of weeks (2025-W20), reconciled before provisional. */
export interface OwnCounts {
  days: Map<string, Kept>;
  weeks: Map<string, Kept>;
}

/** What days of one week add up to. */
export interface Sum extends Required<Count> {
  days: number;
}

/** What crossed, by any route that isn't told apart, and still stands. */
const isCount = ({ kind, route, state }: Record<string, unknown>): boolean =>
  ['provisional', 'reconciled'].includes(String(kind)) &&
  ['submitted', 'released'].includes(String(state)) &&
  route === undefined;

export const ownCounts = async (own: OwnRecords): Promise<OwnCounts> => {
  const [days, weeks] = [new Map<string, Kept>(), new Map<string, Kept>()];
  for await (const record of own(CROSSINGS)) {
    if (!isCount(record)) continue;
    const { date, period = '', ...count } = record as unknown as Kept & { date?: string; period?: string };
    const of = date === undefined ? weeks : days;
    const at = date ?? period;
    if (count.kind === 'reconciled' || !of.has(at)) of.set(at, count);
  }
  return { days, weeks };
};

/** Days by week. */
export const byWeek = (days: ReadonlyMap<string, Count>): Map<string, Sum> => {
  const weeks = new Map<string, Sum>();
  for (const [date, { migrants, boats = 0 }] of days) {
    const sum = weeks.get(weekOf(date)) ?? { days: 0, migrants: 0, boats: 0 };
    weeks.set(weekOf(date), { days: sum.days + 1, migrants: sum.migrants + migrants, boats: sum.boats + boats });
  }
  return weeks;
};

/** In what a week and its days disagree: they add up to it, and of a week with days missing they mustn't be more. */
export const disagreements = (
  period: string,
  week: Count | undefined,
  days: Sum | undefined,
): { field: 'migrants' | 'boats'; message: string }[] => {
  if (!week || !days) return [];
  return (['migrants', 'boats'] as const).flatMap((field) => {
    const [stated, counted] = [week[field], days[field]];
    const agree = stated === undefined || (days.days === DAYS_IN_A_WEEK ? stated === counted : counted <= stated);
    const message = `${period}: the week says ${stated}, its ${days.days} days add up to ${counted}.`;
    return agree ? [] : [{ field, message }];
  });
};
