import type { Sql } from '#sql';
import { Conditions } from '../reading/conditions.ts';
import { stampOf, type ListRow, type PageAsked } from '../reading/keyset.ts';
import type { ListQuery } from '../reading/list-query.dto.ts';

export type OperationFilter = Pick<ListQuery, 'originator' | 'since' | 'until'>;

export interface OperationRow extends ListRow {
  originator: string;
  name: string | null;
  area: string | null;
  window_from: Date | null;
  window_to: Date | null;
  participants: string[];
  targets: string[];
  purpose_codes: string[];
  handling_codes: string[];
  handling_text: string | null;
  classification: number;
  launched_at: Date | null;
  concluded_at: Date | null;
  outcome: string | null;
  released_at: Date;
  updated_at: Date;
  review_by: Date;
  version: number;
  state: number;
}

const COLUMNS = `o.record as id, ${stampOf('o.updated_at')}, o.originator, o.name, o.area, o.window_from, o.window_to,
  o.participants, o.targets, o.purpose_codes, o.handling_codes, o.handling_text, o.classification, o.launched_at, o.concluded_at,
  o.outcome, o.released_at, o.updated_at, o.review_by, o.version, o.state`;

/** One more row than asked, newest first. */
export const listOperations = (
  sql: Sql,
  filter: OperationFilter,
  { limit, after }: PageAsked,
): Promise<OperationRow[]> => {
  const where = new Conditions()
    .where('o.originator = $', filter.originator)
    .where('o.updated_at >= $::timestamptz', filter.since)
    .where('o.updated_at <= $::timestamptz', filter.until);
  if (after)
    where.and(`(o.updated_at, o.record) < (${where.param(after.stamp)}::timestamptz, ${where.param(after.id)}::uuid)`);
  const text = `select ${COLUMNS} from views.operations o where ${where}
    order by o.updated_at desc, o.record desc limit ${where.param(limit + 1)}::int`;
  return sql.query<OperationRow>(text, where.params);
};

export const findOperation = (sql: Sql, id: string): Promise<OperationRow[]> =>
  sql.query(`select ${COLUMNS} from views.operations o where o.record = $1::uuid`, [id]);

/** Approvals that count, of operations that the viewer sees. */
export const approvalsOf = (sql: Sql, operations: readonly string[]) =>
  sql.query<{ operation: string; member: string }>('select operation, member from views.approvals($1::uuid[])', [
    operations,
  ]);

export interface ContributionRow {
  record: string;
  originator: string;
  operation: string;
  kind: string;
  /** People, for arrests and rescues. */
  count: number | null;
  /** Decimal text. */
  quantity: string | null;
  unit: string | null;
  seizure_kind: string | null;
}

/** What the viewer sees of arrests, seizures and rescues in these operations. */
export const contributionsTo = (sql: Sql, operations: readonly string[]): Promise<ContributionRow[]> =>
  sql.query(
    `select c.record, c.originator, c.operation, c.kind, c.count, c.quantity, c.unit, c.seizure_kind
     from views.contributions c where c.operation = any ($1::uuid[]) and c.own_state = 0
     order by c.operation, c.record`,
    [operations],
  );

/** Those of these entities that a visible record speaks of, each with the newest such record. */
export const visibleEntities = (sql: Sql, entities: readonly string[]) =>
  sql.query<{ entity: string; record: string; originator: string }>(
    `select distinct on (e.entity) e.entity, e.record, e.originator from views.entities e
     where e.entity = any ($1::text[]) order by e.entity, e.updated_at desc, e.record desc`,
    [entities],
  );
