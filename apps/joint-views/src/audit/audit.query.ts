import type { Sql } from '#sql';
import { Conditions } from '../reading/conditions.ts';
import { stampOf, type ListRow, type PageAsked } from '../reading/keyset.ts';

/** A member's reading that returned a record: never who of it, nor for which case. */
export interface SightRow extends ListRow {
  member: string;
  at: Date;
  purpose: string;
}

/**
 * The readings that returned a record, newest first, one more than asked. What was marked as protection is its own
 * member's to know. `until`: none later than this.
 */
export const listSights = (
  sql: Sql,
  { record, asking, until }: { record: string; asking: string; until: Date | null },
  { limit, after }: PageAsked,
): Promise<SightRow[]> => {
  const conditions = new Conditions()
    .where('e.records @> array[$]::uuid[]', record)
    .and(`e.kind = 'read'`)
    .where('(not e.protection or e.member = $)', asking)
    .where('e.at <= $::timestamptz', until);
  if (after) {
    const [stamp, id] = [conditions.param(after.stamp), conditions.param(after.id)];
    conditions.and(`(e.at, e.id) < (${stamp}::timestamptz, ${id}::uuid)`);
  }
  return sql.query<SightRow>(
    `select e.id, e.member, e.at, e.purpose, ${stampOf('e.at')} from consultation.entries e
     where ${conditions.toString()} order by e.at desc, e.id desc limit ${limit + 1}`,
    conditions.params,
  );
};

/** A line of a member's own log, for its auditor. */
export interface LineRow {
  id: string;
  number: number;
  at: Date;
  actor: string;
  roles: string[];
  purpose: string;
  case_reference: string;
  route: string;
  records: string[];
  protection: boolean;
}

/** What a member's users asked and were served, newest first, one more than asked. `before`: a number in its log. */
export const listLines = (
  sql: Sql,
  { member, user }: { member: string; user: string | undefined },
  { limit, before }: { limit: number; before: number | null },
): Promise<LineRow[]> => {
  const conditions = new Conditions()
    .where('e.member = $', member)
    .where('e.actor = $', user)
    .where('e.number < $::bigint', before);
  return sql.query<LineRow>(
    `select e.id, e.number, e.at, e.actor, e.roles, e.purpose, e.case_reference, e.route, e.records, e.protection
     from consultation.entries e where ${conditions.toString()} order by e.number desc limit ${limit + 1}`,
    conditions.params,
  );
};

/** Whether this is a record of this member's, while that is an active member: whatever became of it since. */
export const isOwnRecord = async (sql: Sql, record: string, member: string): Promise<boolean> => {
  const rows = await sql.query(
    `select 1 from views.records r join views.members m on m.code = r.originator and m.state = 'active'
     where r.record = $1::uuid and r.originator = $2`,
    [record, member],
  );
  return rows.length > 0;
};
