import { weekAround, weekOf, type FieldError } from '#contracts';
import { dayIn, numberIn, wrong, wrongDay, wrongNumbers } from './counts.ts';
import { byWeek, CROSSINGS, disagreements, ownCounts } from './days-and-weeks.ts';
import type { Format, Gathering, NumberedLine, OwnRecords, Release } from './format.ts';

const COUNTS = ['migrants_arrived', 'boats_arrived', 'migrants_prevented', 'events_prevented'] as const;

/** A row: what was counted in the week that ends with that Sunday. */
interface Week extends Record<(typeof COUNTS)[number], number> {
  line: number;
  /** As 2025-W20. */
  period: string;
}

const wrongEnd = (cells: Readonly<Record<string, string>>): FieldError[] => {
  const day = dayIn(cells['week_ending']);
  return day === null || weekAround(day).last === day
    ? wrongDay(cells, 'week_ending')
    : wrong('/week_ending', 'sunday', 'A week is from Monday to Sunday, so it ends on a Sunday.');
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
    const sums = byWeek((await ownCounts(own)).days);
    for (const week of this.weeks) {
      const { line, period } = week;
      const count = { migrants: week.migrants_arrived, boats: week.boats_arrived };
      const errors = disagreements(period, count, sums.get(period)).flatMap(({ field, message }) =>
        wrong(`/${field}_arrived`, 'week-disagrees', message),
      );
      if (errors.length > 0) {
        yield { line, errors };
        continue;
      }
      const common = { period, ...(release && { release }) };
      const arrived = { kind: 'provisional', ...count };
      const prevented = { kind: 'prevented', migrants: week.migrants_prevented, events: week.events_prevented };
      yield { line, body: JSON.stringify({ ...common, ...arrived }) };
      yield { line, body: JSON.stringify({ ...common, ...prevented }) };
    }
  }
}

export const ukSmallBoatsWeekly: Format = {
  name: 'uk-small-boats-weekly',
  description: `CSV week_ending,${COUNTS.join()}: weeks, compared with their days`,
  path: CROSSINGS,
  batch: true,
  table: true,
  needs: ['week_ending', ...COUNTS],
  gather: () => new Weeks(),
};
