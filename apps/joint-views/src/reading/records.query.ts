import { CLASSIFICATIONS, PURPOSES } from '#contracts';
import type { Sql } from '#sql';
import type { Conditions } from './conditions.ts';
import { stampOf, type ListRow, type PageAsked } from './keyset.ts';
import { stateNow } from './state.ts';

/** What a row of any snapshot table has, beside its module's own columns. */
export interface RecordRow extends ListRow {
  originator: string;
  classification: number;
  purposes: string | number;
  handling_codes: string[];
  released_at: Date;
  updated_at: Date;
  review_by: Date;
  version: number;
  state: number;
}

const SHARED = `t.record as id, ${stampOf('t.updated_at')}, t.originator, t.classification, t.purposes, t.handling_codes,
  t.released_at, t.updated_at, t.review_by, t.version, t.state`;

/** A snapshot table, and the columns of its own that are read: names, or expressions on its row `t`. */
export interface Listing {
  table: string;
  columns: readonly string[];
}

const selectOf = ({ table, columns }: Listing): string =>
  `select ${[SHARED, ...columns.map((column) => (/\W/.test(column) ? column : `t.${column}`))].join(', ')}
   from views.${table} t`;

/** Rows that the viewer may see, newest first; one more than asked. `where` is about the row `t`. */
export const listRecords = <Row extends RecordRow>(
  sql: Sql,
  listing: Listing,
  where: Conditions,
  { limit, after }: PageAsked,
): Promise<Row[]> => {
  if (after)
    where.and(`(t.updated_at, t.record) < (${where.param(after.stamp)}::timestamptz, ${where.param(after.id)}::uuid)`);
  return sql.query<Row>(
    `${selectOf(listing)} where ${where} order by t.updated_at desc, t.record desc
     limit ${where.param(limit + 1)}::int`,
    where.params,
  );
};

/** One that the viewer may see. `id` has been checked to be a UUID. */
export const findRecord = async <Row extends RecordRow>(
  sql: Sql,
  listing: Listing,
  id: string,
): Promise<Row | undefined> => (await sql.query<Row>(`${selectOf(listing)} where t.record = $1::uuid`, [id]))[0];

/** What an answer says of any record. `now`: milliseconds since the epoch. */
export const recordFields = (row: RecordRow, now: number) => ({
  purposes: PURPOSES.filter((_, bit) => (Number(row.purposes) >> bit) & 1),
  classification: CLASSIFICATIONS[row.classification]!,
  handlingCodes: row.handling_codes,
  releasedAt: row.released_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  reviewBy: row.review_by.toISOString().slice(0, 10),
  version: row.version,
  recordState: stateNow(row, now),
});

/** What the log keeps of it. */
export const seen = ({ id, originator }: Pick<RecordRow, 'id' | 'originator'>) => ({ record: id, originator });
