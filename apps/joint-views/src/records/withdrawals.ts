import { oneOf, type Sql } from '#sql';
import type { Folded } from './fold.ts';
import { EVERYBODY } from './holders.ts';
import type { Members } from './record.ts';
import { insertRows } from './sink.ts';

const WITHDRAWALS = {
  record: 'uuid',
  originator: 'text',
  sequence: 'bigint',
  event: 'uuid',
  at: 'timestamptz',
  removed: 'text[]',
  all_but: 'boolean',
};

const columnsOf = ({ codes, allBut }: Members) => ({ removed: codes, all_but: allBut });

export async function writeWithdrawals(sql: Sql, schema: string, all: readonly [string, Folded][]): Promise<void> {
  const rows = all.flatMap(([, { originator, withdrawals }]) =>
    withdrawals.map(({ removed, ...one }) => ({ ...one, originator, ...columnsOf(removed) })),
  );
  await insertRows(sql, `${schema}.withdrawals`, WITHDRAWALS, rows);
}

/** What was written of these before they were erased: as a rebuild writes it, which has their keys no more. */
export async function takeFromAll(sql: Sql, schema: string, erased: readonly string[]): Promise<void> {
  if (erased.length === 0) return;
  const { removed, all_but } = columnsOf(EVERYBODY);
  await sql.query(`update ${schema}.withdrawals set removed = $2, all_but = $3 where record = ${oneOf('$1', 'uuid')}`, [
    erased,
    removed,
    all_but,
  ]);
}
