import type { Sql } from '#sql';
import { sourceOf } from '../intake/sources.ts';
import { settleViews } from '../records/parts.ts';
import { followRecords } from '../records/sink.ts';
import type { View } from '../records/view.ts';
import type { MemberData } from './registry.projection.ts';

type Keys = readonly Pick<MemberData['signingKeys'][number], 'kid' | 'until'>[];

/** Keys that are revoked from an earlier sequence than they were, or at all. */
export function newlyRevoked(before: Keys, after: Keys): { kid: string; from: number }[] {
  return after.flatMap(({ kid, until }) => {
    const old = before.find((key) => key.kid === kid)?.until ?? Number.POSITIVE_INFINITY;
    return until !== null && until < old ? [{ kid, from: until }] : [];
  });
}

/**
 * Withdraws what a member's key signed from its revocation on, as far as it was applied: every record of which something
 * was said from there on is withheld at once, and marked to be made anew without it. Poison of records that aren't there
 * goes at once, since nothing else tells of it.
 */
export async function withdrawRevoked(
  sql: Sql,
  { schema, views }: { schema: string; views: readonly View[] },
  member: string,
  revoked: readonly { kid: string; from: number }[],
): Promise<void> {
  for (const { kid, from } of revoked) {
    const applied = await sql.query(
      `select 1 from ${schema}.signatures where source = $1 and keyid = $2 and sequence >= $3 limit 1`,
      [sourceOf(member), kid, from],
    );
    if (applied.length > 0) await withdraw(sql, { schema, views }, member, { kid, from });
  }
}

async function withdraw(
  sql: Sql,
  { schema, views }: { schema: string; views: readonly View[] },
  member: string,
  { kid, from }: { kid: string; from: number },
): Promise<void> {
  await sql.query(
    `delete from ${schema}.poison p where p.source = $1 and p.sequence >= $2 and p.reason <> 'skipped'
       and not exists (select 1 from ${schema}.records r where r.record = p.record and r.originator = $4)
       and $3 = (select s.keyid from ${schema}.signatures s
                 where s.source = p.source and s.sequence >= p.sequence order by s.sequence limit 1)`,
    [sourceOf(member), from, kid, member],
  );
  const rows = await sql.query<{ record: string }>(
    `update ${schema}.records set stale = true, withheld = true where originator = $1 and sequence >= $2 returning record`,
    [member, from],
  );
  const records = rows.map(({ record }) => record);
  const tables = views.flatMap((view) => view.tables);
  await followRecords(sql, schema, tables, records);
  await settleViews(sql, schema, views, records);
}
