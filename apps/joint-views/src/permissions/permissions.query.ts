import type { Sql } from '#sql';
import { Conditions } from '../reading/conditions.ts';
import { stampOf, type ListRow, type PageAsked } from '../reading/keyset.ts';

export interface PermissionRow extends ListRow {
  requester: string;
  target: string;
  code: string;
  scope: string;
  reason: string;
  at: Date;
  state: 'requested' | 'granted' | 'refused' | 'withdrawn' | 'void';
  granted_scope: string | null;
  until: Date | null;
  refused_because: string | null;
}

/** What this member asked, and what it is asked; newest first, one more than asked. Nothing while it isn't active. */
export const listPermissions = (
  sql: Sql,
  { member, record }: { member: string; record: string | undefined },
  { limit, after }: PageAsked,
): Promise<PermissionRow[]> => {
  const where = new Conditions()
    .where('(s.requester = $ or s.originator = $)', member)
    .where(`exists (select 1 from views.members m where m.code = $ and m.state = 'active')`, member)
    .where('s.target = $::uuid', record);
  if (after) {
    const [stamp, id] = [where.param(after.stamp), where.param(after.id)];
    where.and(`(s.at, s.record) < (${stamp}::timestamptz, ${id}::uuid)`);
  }
  return sql.query<PermissionRow>(
    `select s.record as id, ${stampOf('s.at')}, s.requester, s.target, s.code, s.scope, s.reason, s.at, s.state,
       s.granted_scope, s.until, s.refused_because
     from views.permission_states s where ${where.toString()} order by s.at desc, s.record desc limit ${limit + 1}`,
    where.params,
  );
};

/** Leave that the viewer's member has from handling codes of a record that it sees. */
export interface Permission {
  request: string;
  code: string;
  scope: string;
  until: string;
}

/** Those of a record that hold at `now`, in milliseconds since the epoch. As the reader role. */
export const permissionsOf = async (sql: Sql, record: string, now: number): Promise<Permission[]> => {
  const rows = await sql.query<Omit<Permission, 'until'> & { until: Date }>(
    'select request, code, scope, until from views.permissions_of($1::uuid, $2::timestamptz)',
    [record, new Date(now)],
  );
  return rows.map(({ until, ...row }) => ({ ...row, until: until.toISOString() }));
};
