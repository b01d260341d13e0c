import { createHash } from 'node:crypto';
import { copyRecords, type Sql } from '#sql';
import type { Row } from './record.ts';

/** What rows can be selected from, as `x`, and the parameters that it takes. */
export interface RowSource {
  from: string;
  params: unknown[];
  /** The temporary table, where there is one: until the transaction ends. */
  staged: string | null;
}

/** Rows of records: which record each is of, and its own columns. */
export interface RecordRows {
  records: readonly unknown[];
  rows: readonly Row[];
}

/** Columns with their types, as SQL defines them. */
export const columnsOf = (columns: Record<string, string>): string =>
  Object.entries(columns)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', ');

/** From so many rows on, a temporary table costs less to fill than a parameter to read. */
const MANY = 100;

/**
 * Makes rows something to select from. A few go as one JSON parameter, which measured faster than an array per column.
 * Many go by COPY into a temporary table (row-level security keeps COPY out of the views' own), which is nothing that is
 * logged or indexed: a tenth of what inserting them costs. `before` is awaited once the rows are in form.
 */
export async function rowSource(
  sql: Sql,
  columns: Record<string, string>,
  { records, rows }: RecordRows,
  before: () => Promise<unknown> = async () => {},
): Promise<RowSource> {
  const typed = columnsOf({ record: 'uuid', ...columns });
  if (rows.length < MANY) {
    const json = JSON.stringify(rows.map((row, n) => ({ record: records[n], ...row })));
    await before();
    return { from: `json_to_recordset($1::text::json) as x (${typed})`, params: [json], staged: null };
  }
  const text = copyRecords(records, Object.keys(columns), rows);
  await before();
  // One per shape and connection, emptied as each transaction ends.
  const name = `staged_${createHash('sha256').update(typed).digest('hex').slice(0, 16)}`;
  await sql.exec(
    `set local client_min_messages = warning;
     create temporary table if not exists ${name} (${typed}) on commit delete rows`,
  );
  await sql.copy(`pg_temp.${name}`, text);
  return { from: `pg_temp.${name} x`, params: [], staged: `pg_temp.${name}` };
}
