import { isDate, type FieldError } from '#contracts';

export const wrong = (path: string, rule: string, message: string): FieldError[] => [{ path, rule, message }];

/** A cell by its column, whatever sign stands before the column's name: `#date`. */
export const byName = (columns: readonly string[], cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(columns.map((column, n) => [column.replace(/^#/, ''), cells[n] ?? '']));

/** A whole number of 0 or more, or null. */
export const numberIn = (cell: string | undefined): number | null =>
  cell !== undefined && /^\d{1,9}$/.test(cell) ? Number(cell) : null;

/** YYYY-MM-DD or dd/mm/yyyy, as YYYY-MM-DD; null where the calendar has no such day. */
export const dayIn = (cell = ''): string | null => {
  const [, day, month, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(cell) ?? [];
  const date = year === undefined ? cell : `${year}-${month}-${day}`;
  return isDate(date) ? date : null;
};

/** What is wrong with cells that must hold numbers. */
export const wrongNumbers = (cells: Readonly<Record<string, string>>, columns: readonly string[]): FieldError[] =>
  columns.flatMap((column) =>
    numberIn(cells[column]) === null
      ? wrong(`/${column}`, 'number', `The column ${column} holds a whole number of 0 or more.`)
      : [],
  );

export const wrongDay = (cells: Readonly<Record<string, string>>, column: string): FieldError[] =>
  dayIn(cells[column]) === null ? wrong(`/${column}`, 'date', `The column ${column} holds a day, as 2025-05-15.`) : [];

/** A cell too many is a comma in a number: each cell after it would be read as another column's. */
export const wrongWidth = (columns: readonly string[], cells: readonly string[]): FieldError[] =>
  cells.slice(columns.length).some((cell) => cell !== '')
    ? wrong('', 'columns', `The line has more cells than the ${columns.length} columns that the first line names.`)
    : [];

/** What the first line doesn't name, though nothing can be read without. */
export const wrongHead = (columns: readonly string[], needs: readonly string[] = []): FieldError[] => {
  const named = columns.map((column) => column.replace(/^#/, ''));
  return needs.flatMap((column) =>
    named.includes(column) ? [] : wrong(`/${column}`, 'column', `The first line names no column ${column}.`),
  );
};
