import { weekOf, type FieldError } from '#contracts';
import { dayIn, numberIn, wrong, wrongDay, wrongNumbers } from './counts.ts';
import { byWeek, CROSSINGS, disagreements, ownCounts, type Count, type OwnCounts } from './days-and-weeks.ts';
import type { Format, Gathering, NumberedLine, OwnRecords, Release } from './format.ts';

interface Day extends Required<Count> {
  line: number;
  date: string;
}

class Days implements Gathering {
  private readonly days = new Map<string, Day>();

  add(cells: Readonly<Record<string, string>>, line: number): FieldError[] | null {
    const errors = [...wrongDay(cells, 'date'), ...wrongNumbers(cells, ['migrants', 'boats'])];
    if (errors.length > 0) return errors;
    const [date, migrants, boats] = [dayIn(cells['date'])!, numberIn(cells['migrants'])!, numberIn(cells['boats'])!];
    if (this.days.has(date)) return wrong('/date', 'unique', `${date}: the file has this day before.`);
    this.days.set(date, { line, date, migrants, boats });
    return null;
  }

  /** Days that disagree with the week that is there are none of ours to settle: none of them is sent. */
  async *bodies(release: Release | undefined, own: OwnRecords): AsyncGenerator<NumberedLine> {
    const known = await ownCounts(own);
    const sums = byWeek(this.with(known.days));
    for (const { line, date, migrants, boats } of this.days.values()) {
      const week = weekOf(date);
      const wrongs = disagreements(week, known.weeks.get(week), sums.get(week));
      const errors = wrongs.flatMap(({ field, message }) => wrong(`/${field}`, 'week-disagrees', message));
      const body = { date, kind: 'provisional', migrants, boats, ...(release && { release }) };
      yield errors.length > 0 ? { line, errors } : { line, body: JSON.stringify(body) };
    }
  }

  /** The days as they would stand: what is reconciled stays. */
  private with(known: OwnCounts['days']): Map<string, Count> {
    const reconciled = [...known].filter(([, { kind }]) => kind === 'reconciled');
    return new Map<string, Count>([...known, ...this.days, ...reconciled]);
  }
}

/** The Home Office's daily series. What it says of a day is provisional until it is reconciled elsewhere. */
export const ukSmallBoats: Format = {
  name: 'uk-small-boats',
  description: 'CSV date,migrants,boats, a day a row: provisional counts of crossings, compared with their weeks',
  path: CROSSINGS,
  batch: true,
  table: true,
  needs: ['date', 'migrants', 'boats'],
  gather: () => new Days(),
};
