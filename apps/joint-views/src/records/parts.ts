import type { Sql } from '#sql';
import type { Part, View, Voidable } from './view.ts';

/**
 * A part takes the whole's audience, purposes, classification and embargo, and whatever either of them is shielded from or
 * withheld for; where two members have published a whole under one id, nobody can tell which of them it was meant for. One by a member that has no part in the whole, or on a whole that isn't there, goes to nobody; so does any
 * while its whole is unread. An audience needn't name the whole's originator, who sees it anyway: of its parts it is told as
 * the others are.
 */
const SETTLE = (schema: string, { table, whole, wholes, participants }: Part) => `
update ${schema}.${table} c set
  audience = s.audience, purposes = s.purposes, classification = s.classification, not_before = s.not_before,
  shield = s.shield, state = s.state, withheld = s.withheld
from (
  select c.record,
    case when c.originator = o.originator or c.originator = any (o.${participants})
      then o.audience | (1::bigint << lead.bit) else 0 end as audience,
    coalesce(o.purposes, 0) as purposes,
    coalesce(o.classification, 0) as classification,
    o.not_before,
    coalesce(o.shield, 0) | c.own_shield as shield,
    greatest(c.own_state, coalesce(o.state, 0)) as state,
    c.own_withheld or coalesce(o.withheld, false) or coalesce(r.contested, false) as withheld
  from ${schema}.${table} c left join ${schema}.${wholes} o on o.record = c.${whole}
    left join ${schema}.records r on r.record = o.record
    left join ${schema}.members lead on lead.code = o.originator
  where c.record = any ($1::uuid[]) or c.${whole} = any ($1::uuid[])
) s where s.record = c.record`;

/** Views that work something out from what several sources said. */
export const settling = (views: readonly View[]): View[] =>
  views.filter(({ settle, parts }) => settle !== undefined || parts !== undefined);

/** Works it out for these records. */
export async function settleViews(
  sql: Sql,
  schema: string,
  views: readonly View[],
  records: readonly string[],
): Promise<void> {
  for (const view of settling(views)) {
    await view.settle?.(sql, schema, records);
    for (const part of view.parts ?? []) await sql.query(SETTLE(schema, part), [records]);
  }
}

interface Saying extends Pick<Part, 'whole' | 'wholes' | 'participants'> {
  /** Selects what member $1 said: record, `at`, and the column that names the whole. */
  said: string;
}

/**
 * Void on a whole that isn't there, that its author has no part in, or whose audience or shield excludes it: an expired one is
 * there, a recalled one isn't.
 */
export const voidOnWhole = ({ said, whole, wholes, participants }: Saying): string => `
  select c.record, c.${whole} as target, c.at from (${said}) c
  where not exists (
    select 1 from views.${wholes} o join views.members m on m.code = $1
    where o.record = c.${whole} and o.state in (0, 2)
      and (o.originator = $1 or ($1 = any (o.${participants})
        and (o.audience >> m.bit) & 1 = 1 and (o.shield >> m.bit) & 1 = 0)))`;

const ofPart = ({ kind, ...part }: Part): Voidable => ({
  kinds: [kind],
  sql: voidOnWhole({
    ...part,
    said: `select t.record, t.${part.whole}, r.released_at as at from views.${part.table} t
      join views.records r on r.record = t.record where t.originator = $1 and t.own_state = 0`,
  }),
});

/** Everything that a member may say in vain. */
export const voidables = (views: readonly View[]): Voidable[] =>
  views.flatMap(({ voids = [], parts = [] }) => [...voids, ...parts.map(ofPart)]);
