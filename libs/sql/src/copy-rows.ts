import { encodeParam } from './values.ts';

const SPECIAL = /[\\\t\n\r]/;
const ALL_SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/**
 * Rows in the text form of COPY: values as parameters of a query are given, in the order of the columns. An object, as a
 * JSON text, and an array, as a PostgreSQL array, too.
 */
export function copyRows(rows: Iterable<readonly unknown[]>): string {
  let text = '';
  for (const row of rows) text += copyRow(row);
  return text;
}

/** The same of objects, by the names of the columns in their order. */
export function copyRecords(names: readonly string[], rows: Iterable<Record<string, unknown>>): string {
  let text = '';
  for (const row of rows) {
    for (let i = 0; i < names.length; i++) text += (i > 0 ? '\t' : '') + copyValue(row[names[i]!]);
    text += '\n';
  }
  return text;
}

function copyRow(row: readonly unknown[]): string {
  let text = '';
  for (let i = 0; i < row.length; i++) {
    if (i > 0) text += '\t';
    text += copyValue(row[i]);
  }
  return `${text}\n`;
}

function copyValue(value: unknown): string {
  const text = encodeParam(value);
  if (text === null) return '\\N';
  return SPECIAL.test(text) ? text.replace(ALL_SPECIAL, (char) => ESCAPES[char]!) : text;
}
