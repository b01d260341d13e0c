import { byName, dayIn, numberIn, wrong, wrongDay, wrongNumbers } from './counts.ts';
import { cellsOf, type Format } from './format.ts';

/** The Home Office's daily series. What it says of a day is provisional until it is reconciled elsewhere. */
export const ukSmallBoats: Format = {
  name: 'uk-small-boats',
  description: 'CSV date,migrants,boats, a day a row: provisional counts of crossings',
  path: '/v1/crossings',
  table: true,
  map(line, release, { columns, seen }) {
    const cells = byName(columns, cellsOf(line));
    const errors = [...wrongDay(cells, 'date'), ...wrongNumbers(cells, ['migrants', 'boats'])];
    if (errors.length > 0) return { errors };
    const [date, migrants, boats] = [dayIn(cells['date']), numberIn(cells['migrants']), numberIn(cells['boats'])];
    if (seen?.has(date!)) return { errors: wrong('/date', 'unique', `${date}: the file has this day before.`) };
    seen?.add(date!);
    return { body: JSON.stringify({ date, kind: 'provisional', migrants, boats, ...(release && { release }) }) };
  },
};
