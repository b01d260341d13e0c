import type { Sql } from '#sql';

/**
 * What its lead and its participants did since it was planned moves an operation up in lists. Contributions don't: not
 * everyone who sees the operation may see them.
 */
const OPERATIONS = (schema: string) => `
update ${schema}.operations o set
  launched_at = done.launched_at, concluded_at = done.concluded_at, outcome = done.outcome,
  updated_at = greatest(r.updated_at, done.launched_at, done.concluded_at, done.approved_at),
  version = r.version + done.steps + done.approvals
from ${schema}.records r, (
  select o.record,
    max(s.at) filter (where s.kind = 'launch') as launched_at,
    max(s.at) filter (where s.kind = 'conclusion') as concluded_at,
    max(s.outcome) as outcome,
    count(s.kind)::int as steps,
    (select max(c.at) from ${schema}.claims c
      where c.target = o.record and c.kind = 'approval' and c.originator = any (o.participants)) as approved_at,
    (select count(distinct c.originator)::int from ${schema}.claims c
      where c.target = o.record and c.kind = 'approval' and c.originator = any (o.participants)) as approvals
  from ${schema}.operations o left join ${schema}.steps s on s.record = o.record
  where o.record = any ($1::uuid[])
    or o.record in (select c.target from ${schema}.claims c where c.record = any ($1::uuid[]))
  group by o.record
) done where done.record = o.record and r.record = o.record`;

/** Joins what the operation's lead and its participants said, each on its own source. */
export async function settleOperations(sql: Sql, schema: string, records: readonly string[]): Promise<void> {
  await sql.query(OPERATIONS(schema), [records]);
}

/** What claims that may go were made on. */
export async function claimedBy(sql: Sql, schema: string, records: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ target: string }>(
    `select distinct target from ${schema}.claims where record = any ($1::uuid[])`,
    [records],
  );
  return rows.map(({ target }) => target);
}
