import { oneOf, type Sql } from '#sql';
import type { Row } from './record.ts';
import { columnsOf, rowSource, type RecordRows, type RowSource } from './row-source.ts';
import { RECORDS, type RecordTable } from './tables.ts';

const list = (names: readonly string[], of = ''): string => names.map((name) => `${of}"${name}"`).join(', ');

/** Inserts rows of any table. Those whose key is there already are left as they are. */
export async function insertRows(
  sql: Sql,
  table: string,
  columns: Record<string, string>,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = list(Object.keys(columns));
  const from = `json_to_recordset($1::text::json) as x (${columnsOf(columns)})`;
  const json = JSON.stringify(rows);
  await sql.query(`insert into ${table} (${names}) select ${names} from ${from} on conflict do nothing`, [json]);
}

const OWN = Object.fromEntries(Object.entries(RECORDS).filter(([name]) => name !== 'record'));
const RECORD_COLUMNS = Object.keys(RECORDS);
const OVERWRITE = Object.keys(OWN)
  .map((name) => `"${name}" = excluded."${name}"`)
  .join(', ');

/** Another source's transaction has written a record of the same id meanwhile: to be tried again from the start. */
export class Conflict extends Error {
  constructor() {
    super('Two sources have written one record at once');
    this.name = 'Conflict';
  }
}

/**
 * Writes records' own rows, each at a later event of its source than it stands at. Answers the temporary table in which
 * they stand for now, where they were many. Throws Conflict.
 */
export async function upsertRecords(sql: Sql, schema: string, rows: readonly Row[]): Promise<string | null> {
  if (rows.length === 0) return null;
  const { from, params, staged } = await rowSource(sql, OWN, { records: rows.map(({ record }) => record), rows });
  const [written] = await sql.query<{ count: number }>(
    `with written as (
       insert into ${schema}.records as old (${list(RECORD_COLUMNS)})
       select ${list(RECORD_COLUMNS)} from ${from}
       on conflict (record) do update set ${OVERWRITE}
       where old.sequence < excluded.sequence and old.originator = excluded.originator
       returning 1
     ) select count(*)::int as count from written`,
    params,
  );
  if (written!.count !== rows.length) throw new Conflict();
  return staged;
}

/** Rows of a record's table, to be inserted. */
export interface TableRows extends RecordRows {
  table: RecordTable;
}

/**
 * Inserts rows of records' tables. While the database writes those of one table, those of the next are put in form.
 * `staged`: what upsertRecords answered for these very records.
 */
export async function insertChildren(
  sql: Sql,
  schema: string,
  tables: readonly TableRows[],
  staged: string | null,
): Promise<void> {
  const recordsOf = recordSource(schema, staged);
  let writing: Promise<unknown> = Promise.resolve();
  for (const { table, ...rows } of tables.filter(({ rows }) => rows.length > 0)) {
    const source = await rowSource(sql, table.columns, rows, () => writing);
    writing = insertOf(sql, `${schema}.${table.name}`, table, source, recordsOf(rows.records));
    // Awaited below; by then it may have failed.
    writing.catch(() => undefined);
  }
  await writing;
}

/** Where the records' own columns come from: the parameter follows the rows' own. */
type RecordSource = (records: readonly unknown[]) => { from: (n: number) => string; params: unknown[] };

/** The temporary table has them already, so that many needn't be looked up one by one. */
function recordSource(schema: string, staged: string | null): RecordSource {
  if (staged !== null) return () => ({ from: () => staged, params: [] });
  const found = (n: number) => `(select * from ${schema}.records where record = ${oneOf(`$${n}`, 'uuid')} offset 0)`;
  return (records) => ({ from: found, params: [[...new Set(records)]] });
}

/**
 * What mirrors the record is copied from its row. A key that is there can only be one of a table that grows: elsewhere
 * the record's rows were deleted, and looking would cost a fifth more.
 */
function insertOf(
  sql: Sql,
  name: string,
  table: RecordTable,
  { from, params }: RowSource,
  records: ReturnType<RecordSource>,
): Promise<unknown> {
  const own = ['record', ...Object.keys(table.columns)];
  const mirrored = Object.entries(table.mirrors);
  const into = list([...own, ...mirrored.map(([column]) => column)]);
  const values = [list(own, 'x.'), ...mirrored.map(([, source]) => `r."${source}"`)].join(', ');
  return sql.query(
    `insert into ${name} (${into}) select ${values} from ${from} join ${records.from(params.length + 1)} r on r.record = x.record
     ${table.grows ? 'on conflict do nothing' : ''}`,
    [...params, ...records.params],
  );
}

export async function deleteChildren(
  sql: Sql,
  schema: string,
  tables: readonly { name: string }[],
  records: readonly string[],
): Promise<void> {
  if (records.length === 0) return;
  for (const { name } of tables) {
    await sql.query(`delete from ${schema}.${name} where record = ${oneOf('$1', 'uuid')}`, [records]);
  }
}

/** Rows that stay follow their record: its state, its shield, its audience. */
export async function followRecords(
  sql: Sql,
  schema: string,
  tables: readonly RecordTable[],
  records: readonly string[],
): Promise<void> {
  if (records.length === 0) return;
  for (const { name, mirrors } of tables) {
    const set = Object.entries(mirrors).map(([column, source]) => `"${column}" = r."${source}"`);
    await sql.query(
      `update ${schema}.${name} c set ${set.join(', ')}
       from ${schema}.records r where r.record = c.record and c.record = ${oneOf('$1', 'uuid')}`,
      [records],
    );
  }
}
