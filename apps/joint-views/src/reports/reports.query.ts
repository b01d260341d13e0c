import { CLASSIFICATIONS, RECORD_STATES } from '#contracts';
import type { Sql } from '#sql';
import { Conditions } from '../reading/conditions.ts';
import { stampOf, type ListRow, type PageAsked } from '../reading/keyset.ts';
import type { ReportsQuery } from './reports.dto.ts';

export type ReportFilter = Pick<ReportsQuery, 'originator' | 'category' | 'since' | 'until' | 'subject'>;

export interface ReportRow extends ListRow {
  originator: string;
  title: string | null;
  category: string;
  classification: number;
  grading: unknown;
  handling_codes: string[];
  released_at: Date;
  updated_at: Date;
  review_by: Date;
  version: number;
  state: number;
}

export interface ReportDetailRow extends ReportRow {
  purpose_codes: string[];
  handling_text: string | null;
  legal_basis: string | null;
}

const COLUMNS = `r.record as id, ${stampOf('r.updated_at')}, r.originator, r.title, r.category, r.classification,
  r.grading, r.handling_codes, r.released_at, r.updated_at, r.review_by, r.version, r.state`;

const SPEAKS_OF = `r.record in (
  select e.record from views.entities e where e.entity = $
  union all select l.record from views.links l where l.source = $ or l.target = $)`;

/** One more row than asked, so that the page knows whether another follows. Newest first. */
export const listReports = (sql: Sql, filter: ReportFilter, { limit, after }: PageAsked): Promise<ReportRow[]> => {
  const where = new Conditions()
    .where('r.originator = $', filter.originator)
    .where('r.category = $', filter.category)
    .where('r.updated_at >= $::timestamptz', filter.since)
    .where('r.updated_at <= $::timestamptz', filter.until)
    .where(SPEAKS_OF, filter.subject);
  if (after)
    where.and(`(r.updated_at, r.record) < (${where.param(after.stamp)}::timestamptz, ${where.param(after.id)}::uuid)`);
  const text = `select ${COLUMNS} from views.reports r where ${where}
    order by r.updated_at desc, r.record desc limit ${where.param(limit + 1)}::int`;
  return sql.query<ReportRow>(text, where.params);
};

export const findReport = async (sql: Sql, id: string): Promise<ReportDetailRow | undefined> => {
  const text = `select ${COLUMNS}, r.purpose_codes, r.handling_text, r.legal_basis
    from views.reports r where r.record = $1::uuid`;
  return (await sql.query<ReportDetailRow>(text, [id]))[0];
};

export interface ReportEntityRow {
  entity: string;
  schema: string;
  assertion: string;
  subject_category: string | null;
}

/** What a report speaks of: entities in its order, then links. */
export const entitiesOf = (sql: Sql, id: string): Promise<ReportEntityRow[]> =>
  sql.query(
    `select entity, schema, assertion, subject_category from (
       select e.entity, e.schema, e.assertion, e.subject_category, e.position
       from views.entities e where e.record = $1::uuid
       union all
       select distinct on (l.link) l.link, l.schema, l.assertion, null::text, null::int
       from views.links l where l.record = $1::uuid
         and not exists (select 1 from views.entities e where e.record = l.record and e.entity = l.link)
     ) spoken order by position nulls last, entity`,
    [id],
  );

export interface ReportValueRow {
  entity: string;
  property: string;
  value: string;
}

export const valuesOf = (sql: Sql, id: string): Promise<ReportValueRow[]> =>
  sql.query(
    `select s.entity, s.property, s.value from views.statements s where s.record = $1::uuid
     order by s.entity, s.property collate "C", s.position`,
    [id],
  );

/** A report as the interface shows it in a list. `state`: of now. */
export const reportItem = (row: ReportRow, state: (typeof RECORD_STATES)[number]) => ({
  id: row.id,
  originator: row.originator,
  title: row.title,
  category: row.category,
  classification: CLASSIFICATIONS[row.classification],
  grading: row.grading,
  handlingCodes: row.handling_codes,
  releasedAt: row.released_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  version: row.version,
  state,
});
