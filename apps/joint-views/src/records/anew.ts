import { oneOf, type Sql } from '#sql';
import type { ChangeSet } from './change-set.ts';
import { concerned } from './concerned.ts';
import { settleViews } from './parts.ts';
import { deleteChildren } from './sink.ts';
import { forgetClaims } from './contested.ts';
import { existing, lockSettled, touchedBy, writeChanges } from './store.ts';

/**
 * Writes an originator's records from nothing: `set.changes` is all that was said of them, from the first event on. What
 * stood there is gone. Answers the records whose keys are to be destroyed.
 */
export async function writeAnew(sql: Sql, set: ChangeSet, records: readonly string[]): Promise<string[]> {
  const before = await existing(sql, set.schema, records);
  for (const [record, { originator }] of before) if (originator !== set.originator) before.delete(record);
  await lockSettled(sql, set, before);
  const touched = await touchedBy(sql, set, before);
  const ids = [...before.keys()];
  const tables = [...set.views.flatMap((view) => view.tables), { name: 'withdrawals' }, { name: 'records' }];
  await deleteChildren(sql, set.schema, tables, ids);
  await sql.query(`delete from ${set.schema}.poison where source = $1 and record = ${oneOf('$2', 'uuid')}`, [
    set.source,
    ids,
  ]);
  await forgetClaims(sql, set, ids);
  const changes = set.changes.filter(({ record }) => before.has(record));
  const erased = await writeChanges(sql, { ...set, changes });
  await settleViews(sql, set.schema, concerned(set, before), [...ids, ...touched]);
  return erased;
}
