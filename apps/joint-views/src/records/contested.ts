import { oneOf, type Sql } from '#sql';
import type { ChangeSet } from './change-set.ts';
import type { RecordState } from './record.ts';
import { followRecords } from './sink.ts';

/**
 * Marks the records of this set that another member has published, too, whoever of the two has the id: whichever comes
 * second finds the first one's row, or what is remembered of it, so that the order in which sources arrive makes no
 * difference. What others add to them may have been meant for either: see Part, and the views that say so. Answers them.
 */
export async function markContested(
  sql: Sql,
  set: ChangeSet,
  before: ReadonlyMap<string, RecordState>,
): Promise<string[]> {
  const { schema, views, originator } = set;
  const claims = [...new Set(set.changes.filter(({ change }) => change === 'put').map(({ record }) => record))];
  const met = claims.filter((record) => (before.get(record)?.originator ?? originator) !== originator);
  const unmet = claims.filter((record) => !before.has(record));
  const contested = [...met, ...(await claimedByOthers(sql, set, unmet))];
  if (contested.length === 0) return [];
  const both = [
    ...contested.map((record) => ({ record, originator })),
    ...met.map((record) => ({ record, originator: before.get(record)!.originator })),
  ];
  await sql.query(
    `insert into ${schema}.contests select * from jsonb_populate_recordset(null::${schema}.contests, $1::jsonb)
     on conflict do nothing`,
    [JSON.stringify(both)],
  );
  await sql.query(`update ${schema}.records set contested = true where record = ${oneOf('$1', 'uuid')}`, [contested]);
  const tables = views.flatMap((view) => view.tables).filter(({ mirrors }) => 'contested' in mirrors);
  await followRecords(sql, schema, tables, contested);
  return contested;
}

/** What this member has published under these ids is about to be said anew: it may not have been said at all. */
export async function forgetClaims(
  sql: Sql,
  { schema, originator }: ChangeSet,
  records: readonly string[],
): Promise<void> {
  await sql.query(`delete from ${schema}.contests where originator = $1 and record = ${oneOf('$2', 'uuid')}`, [
    originator,
    records,
  ]);
}

async function claimedByOthers(
  sql: Sql,
  { schema, originator }: ChangeSet,
  records: readonly string[],
): Promise<string[]> {
  if (records.length === 0) return [];
  const rows = await sql.query<{ record: string }>(
    `select distinct record from ${schema}.contests where originator <> $1 and record = ${oneOf('$2', 'uuid')}`,
    [originator, records],
  );
  return rows.map(({ record }) => record);
}
