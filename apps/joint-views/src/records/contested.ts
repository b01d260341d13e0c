import { oneOf, type Sql } from '#sql';
import type { ChangeSet } from './change-set.ts';
import type { RecordState } from './record.ts';
import { followRecords } from './sink.ts';

/**
 * Records that another member has published before, whoever of the two has the id: whichever comes second finds the first
 * one's row, so that the order in which sources arrive makes no difference.
 */
export function claimedBy(set: ChangeSet, before: ReadonlyMap<string, RecordState>): string[] {
  const claims = set.changes.filter(({ change }) => change === 'put').map(({ record }) => record);
  return [...new Set(claims)].filter((record) => (before.get(record)?.originator ?? set.originator) !== set.originator);
}

/** For good: what others add to them may have been meant for either. See Part, and the views that say so. */
export async function markContested(
  sql: Sql,
  { schema, views }: Pick<ChangeSet, 'schema' | 'views'>,
  records: readonly string[],
): Promise<void> {
  if (records.length === 0) return;
  await sql.query(`update ${schema}.records set contested = true where record = ${oneOf('$1', 'uuid')}`, [records]);
  const tables = views.flatMap((view) => view.tables).filter(({ mirrors }) => 'contested' in mirrors);
  await followRecords(sql, schema, tables, records);
}
