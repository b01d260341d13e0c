import type { Sql } from '#sql';
import type { Row } from './record.ts';
import { RECORDS, type RecordTable } from './tables.ts';

// One JSON parameter measured faster than an array per column on both databases, and it carries arrays in columns.
const recordset = (columns: Record<string, string>): string =>
  `json_to_recordset($1::text::json) as x (${Object.entries(columns)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', ')})`;
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
  await sql.query(`insert into ${table} (${names}) select ${names} from ${recordset(columns)} on conflict do nothing`, [
    JSON.stringify(rows),
  ]);
}

const RECORD_COLUMNS = Object.keys(RECORDS);
const OVERWRITE = RECORD_COLUMNS.slice(1)
  .map((name) => `"${name}" = excluded."${name}"`)
  .join(', ');

/** Another source's transaction has written a record of the same id meanwhile: to be tried again from the start. */
export class Conflict extends Error {
  constructor() {
    super('Two sources have written one record at once');
    this.name = 'Conflict';
  }
}

/** Writes records' own rows, each at a later event of its source than it stands at. Throws Conflict. */
export async function upsertRecords(sql: Sql, schema: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const [written] = await sql.query<{ count: number }>(
    `with written as (
       insert into ${schema}.records as old (${list(RECORD_COLUMNS)})
       select ${list(RECORD_COLUMNS)} from ${recordset(RECORDS)}
       on conflict (record) do update set ${OVERWRITE}
       where old.sequence < excluded.sequence and old.originator = excluded.originator
       returning 1
     ) select count(*)::int as count from written`,
    [JSON.stringify(rows)],
  );
  if (written!.count !== rows.length) throw new Conflict();
}

/** Inserts rows of a record's table; what mirrors the record is copied from its row. */
export async function insertChildren(
  sql: Sql,
  schema: string,
  table: RecordTable,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const own = Object.keys(table.columns);
  const mirrored = Object.entries(table.mirrors);
  const into = list(['record', ...own, ...mirrored.map(([name]) => name)]);
  const from = [list(['record', ...own], 'x.'), ...mirrored.map(([, source]) => `r."${source}"`)].join(', ');
  await sql.query(
    `insert into ${schema}.${table.name} (${into})
     select ${from} from ${recordset({ record: 'uuid', ...table.columns })}
     join ${schema}.records r on r.record = x.record on conflict do nothing`,
    [JSON.stringify(rows)],
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
    await sql.query(`delete from ${schema}.${name} where record = any($1::uuid[])`, [records]);
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
       from ${schema}.records r where r.record = c.record and c.record = any($1::uuid[])`,
      [records],
    );
  }
}
