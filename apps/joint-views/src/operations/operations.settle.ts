import type { Sql } from '#sql';

/**
 * A contribution is as visible as its operation, and no more: it takes the operation's audience, purposes,
 * classification and embargo, and whatever either of them is shielded from or withheld for. One by a member that has no
 * part in the operation, or on an operation that isn't there, goes to nobody; so does any while its operation is unread.
 * An audience needn't name the lead, who sees its own operation anyway: of contributions it is told as the others are.
 */
const CONTRIBUTIONS = (schema: string) => `
update ${schema}.contributions c set
  audience = s.audience, purposes = s.purposes, classification = s.classification, not_before = s.not_before,
  shield = s.shield, state = s.state, withheld = s.withheld
from (
  select c.record,
    case when c.originator = o.originator or c.originator = any (o.participants)
      then o.audience | (1::bigint << lead.bit) else 0 end as audience,
    coalesce(o.purposes, 0) as purposes,
    coalesce(o.classification, 0) as classification,
    o.not_before,
    coalesce(o.shield, 0) | c.own_shield as shield,
    greatest(c.own_state, coalesce(o.state, 0)) as state,
    c.own_withheld or coalesce(o.withheld, false) as withheld
  from ${schema}.contributions c left join ${schema}.operations o on o.record = c.operation
    left join ${schema}.members lead on lead.code = o.originator
  where c.record = any ($1::uuid[]) or c.operation = any ($1::uuid[])
) s where s.record = c.record`;

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
  await sql.query(CONTRIBUTIONS(schema), [records]);
}

/** What claims that may go were made on. */
export async function claimedBy(sql: Sql, schema: string, records: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ target: string }>(
    `select distinct target from ${schema}.claims where record = any ($1::uuid[])`,
    [records],
  );
  return rows.map(({ target }) => target);
}
