import { encodeParam } from './values.ts';

const SPECIAL = /[\\\t\n\r]/;
/** Characters that are sent at once. */
const PIECE = 1 << 16;
const ALL_SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/**
 * Rows in the text form of COPY: values as parameters of a query are given, in the order of the columns. An object, as a
 * JSON text, and an array, as a PostgreSQL array, too.
 */
export function* copyRows(rows: Iterable<readonly unknown[]>): Generator<string> {
  let text = '';
  for (const row of rows) {
    text += copyRow(row);
    if (text.length < PIECE) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

/**
 * The same of objects, by the names of the columns in their order. `keys`: a value for each row that comes before its own
 * columns, as where many rows belong to one thing.
 */
export function copyRecords(
  keys: readonly unknown[],
  names: readonly string[],
  rows: readonly Record<string, unknown>[],
): string {
  let text = '';
  for (let n = 0; n < rows.length; n++) {
    text += copyValue(keys[n]);
    for (let i = 0; i < names.length; i++) text += '\t' + copyValue(rows[n]![names[i]!]);
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
  const text = typeof value === 'string' ? value : encodeParam(value);
  if (text === null) return '\\N';
  return SPECIAL.test(text) ? text.replace(ALL_SPECIAL, (char) => ESCAPES[char]!) : text;
}
