import { oneOf, type Sql } from '#sql';
import type { ChangeSet } from './change-set.ts';
import type { Folded } from './fold.ts';
import type { RecordState } from './record.ts';
import { insertRows } from './sink.ts';

const POISON = { source: 'text', sequence: 'bigint', record: 'uuid', reason: 'text' };

/** Hardly ever: what tells spares the two statements that go through each record's. Nobody else poisons meanwhile. */
export async function hasPoison(sql: Sql, schema: string): Promise<boolean> {
  return (await sql.query(`select from ${schema}.poison limit 1`)).length > 0;
}

/** Of these records, those that a poison event of the source has touched. */
export async function poisonedAmong(sql: Sql, set: ChangeSet, records: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ record: string }>(
    `select distinct record from ${set.schema}.poison where source = $1 and record = ${oneOf('$2', 'uuid')}`,
    [set.source, records],
  );
  return new Set(rows.map(({ record }) => record));
}

/** What is erased, and what this originator has made, was poison to others no more. */
export async function forgetPoison(
  sql: Sql,
  set: ChangeSet,
  folded: ReadonlyMap<string, Folded>,
  before: ReadonlyMap<string, RecordState>,
): Promise<void> {
  const erased = [...folded].filter(([, it]) => it.erased).map(([record]) => record);
  await forget(sql, set.schema, [set.source], erased);
  const isMade = ([record, it]: [string, Folded]) => it.state && before.get(record)?.originator !== set.originator;
  const made = [...folded].filter(isMade).map(([record]) => record);
  await forget(sql, set.schema, laterMembers(set), made);
}

/** Why these events were of no use. */
export async function writePoison(sql: Sql, set: ChangeSet, folded: ReadonlyMap<string, Folded>): Promise<void> {
  const rows = [...folded].flatMap(([record, it]) => it.poison.map((row) => ({ ...row, record, source: set.source })));
  await insertRows(sql, `${set.schema}.poison`, POISON, rows);
}

/** The sources whose word on a record counts for nothing once this one has made it. See `owned`. */
function laterMembers({ bits, originator }: ChangeSet): string[] {
  const own = bits.get(originator) ?? Number.MAX_SAFE_INTEGER;
  return [...bits].filter(([, bit]) => bit > own).map(([code]) => `/members/${code}`);
}

async function forget(sql: Sql, schema: string, sources: readonly string[], records: readonly string[]) {
  if (records.length === 0) return;
  await sql.query(`delete from ${schema}.poison where source = any($1) and record = ${oneOf('$2', 'uuid')}`, [
    sources,
    records,
  ]);
}
