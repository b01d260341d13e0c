import { weekAround, weekOf, type FieldError } from '#contracts';
import { dayIn, numberIn, wrong, wrongDay, wrongNumbers } from './counts.ts';
import type { Format, Gathering, NumberedLine, OwnRecords, Release } from './format.ts';

const COUNTS = ['migrants_arrived', 'boats_arrived', 'migrants_prevented', 'events_prevented'] as const;

/** A row: what was counted in the week that ends with that Sunday. */
interface Week extends Record<(typeof COUNTS)[number], number> {
  line: number;
  /** As 2025-W20. */
  period: string;
}

/** What the node's own days say of a week. */
interface Days {
  days: number;
  migrants: number;
  boats: number;
}

const PATH = '/v1/crossings';
const DAYS_IN_A_WEEK = 7;

const wrongEnd = (cells: Readonly<Record<string, string>>): FieldError[] => {
  const day = dayIn(cells['week_ending']);
  return day === null || weekAround(day).last === day
    ? wrongDay(cells, 'week_ending')
    : wrong('/week_ending', 'sunday', 'A week is from Monday to Sunday, so it ends on a Sunday.');
};

/** Days add up to their week; of a week with days missing they mustn't be more. */
const disagreement = (week: Week, days: Days | undefined): FieldError[] => {
  if (!days) return [];
  const differs = (stated: number, counted: number) =>
    days.days === DAYS_IN_A_WEEK ? stated !== counted : counted > stated;
  const said = { migrants_arrived: days.migrants, boats_arrived: days.boats };
  return Object.entries(said).flatMap(([column, counted]) => {
    const stated = week[column as keyof typeof said];
    const message = `${week.period}: the week says ${stated}, its ${days.days} days add up to ${counted}.`;
    return differs(stated, counted) ? wrong(`/${column}`, 'week-disagrees', message) : [];
  });
};

interface Day {
  date: string;
  kind: 'provisional' | 'reconciled';
  migrants: number;
  boats: number;
}

/** What crossed on one day, by any route that isn't told apart, and still stands. */
const isDay = ({ date, kind, route, state }: Record<string, unknown>): boolean =>
  typeof date === 'string' &&
  ['provisional', 'reconciled'].includes(String(kind)) &&
  ['submitted', 'released'].includes(String(state)) &&
  route === undefined;

/** The node's own counts of days, reconciled before provisional, by week. */
const daysByWeek = async (own: OwnRecords): Promise<Map<string, Days>> => {
  const days = new Map<string, Day>();
  for await (const record of own(PATH)) {
    if (!isDay(record)) continue;
    const day = record as unknown as Day;
    if (day.kind === 'reconciled' || !days.has(day.date)) days.set(day.date, day);
  }
  const weeks = new Map<string, Days>();
  for (const [date, { migrants, boats }] of days) {
    const week = weeks.get(weekOf(date)) ?? { days: 0, migrants: 0, boats: 0 };
    weeks.set(weekOf(date), { days: week.days + 1, migrants: week.migrants + migrants, boats: week.boats + boats });
  }
  return weeks;
};

class Weeks implements Gathering {
  private readonly weeks: Week[] = [];

  add(cells: Readonly<Record<string, string>>, line: number): FieldError[] | null {
    const errors = [...wrongEnd(cells), ...wrongNumbers(cells, COUNTS)];
    if (errors.length > 0) return errors;
    const counts = Object.fromEntries(COUNTS.map((column) => [column, numberIn(cells[column])]));
    const period = weekOf(dayIn(cells['week_ending'])!);
    // The second would be stored as a correction of the first, and be corrected again by the next import.
    if (this.weeks.some((week) => week.period === period)) {
      return wrong('/week_ending', 'unique', `${period}: the file has this week before.`);
    }
    this.weeks.push({ line, period, ...counts } as Week);
    return null;
  }

  /** A week that disagrees with its days is none of ours to settle: nothing of its row is sent. */
  async *bodies(release: Release | undefined, own: OwnRecords): AsyncGenerator<NumberedLine> {
    const known = await daysByWeek(own);
    for (const week of this.weeks) {
      const { line, period } = week;
      const errors = disagreement(week, known.get(period));
      if (errors.length > 0) {
        yield { line, errors };
        continue;
      }
      const common = { period, ...(release && { release }) };
      const arrived = { kind: 'provisional', migrants: week.migrants_arrived, boats: week.boats_arrived };
      const prevented = { kind: 'prevented', migrants: week.migrants_prevented, events: week.events_prevented };
      yield { line, body: JSON.stringify({ ...common, ...arrived }) };
      yield { line, body: JSON.stringify({ ...common, ...prevented }) };
    }
  }
}

export const ukSmallBoatsWeekly: Format = {
  name: 'uk-small-boats-weekly',
  description: `CSV week_ending,${COUNTS.join()}: weeks, compared with their days`,
  path: PATH,
  table: true,
  gather: () => new Weeks(),
};
