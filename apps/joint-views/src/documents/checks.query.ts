import type { DocumentCheck } from '#contracts';
import type { Sql } from '#sql';

/** An alert that a check hits, and whom to call about it. */
export interface HitRow {
  /** Which of the checks, from 0. */
  n: number;
  record: string;
  originator: string;
  status: string;
  contact: string | null;
}

// One look-up by number for each check, whatever the planner thinks of the table: `offset 0` keeps it from joining. Rows
// that this viewer may not see are left out by row-level security, within the same look-up. Its own member's alerts a
// viewer also sees when they are recalled or past their review: they hit nobody any more.
const HITS = `
  select q.n, a.record, a.originator, a.status, views.contact_of(a.originator) as contact
  from jsonb_to_recordset($1::jsonb) as q (n int, number text, "issuingState" text, type text)
  cross join lateral (
    select d.record, d.originator, d.status from views.document_alerts d
    where d.number_key = q.number and (q."issuingState" is null or d.issuing_state = q."issuingState")
      and (q.type is null or d.type = q.type) and d.stage = 'in-force' and d.state = 0 and d.review_by > $2::timestamptz
    offset 0
  ) a
  order by q.n, a.record`;

/** What these checks hit of what the viewer may see; `now` in milliseconds since the epoch. One statement, hit or no-hit. */
export const hitsOf = (sql: Sql, checks: readonly DocumentCheck[], now: number): Promise<HitRow[]> => {
  const asked = checks.map(({ number, issuingState, type }, n) => ({ n, number, issuingState, type }));
  return sql.query<HitRow>(HITS, [JSON.stringify(asked), new Date(now)]);
};
