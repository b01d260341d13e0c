import type { Sql } from '#sql';
import type { Seen } from '../consultation/entry.ts';
import { Conditions } from '../reading/conditions.ts';
import type { RESULTS } from '../records/view.ts';
import { VIEWS } from '../views.ts';
import type { ResultsQuery } from './results.dto.ts';

export interface ResultRow {
  quarter: string;
  member: string;
  result: (typeof RESULTS)[number];
  kind: string | null;
  unit: string | null;
  /** Decimal text. */
  quantity: string;
}

const SOURCES = VIEWS.flatMap(({ results = [] }) => results)
  .map(({ result, sql }) => `select '${result}' as result, s.* from (${sql}) s`)
  .join(' union all ');

const QUARTER = `to_char(r.at at time zone 'UTC', 'YYYY"-Q"Q')`;

const conditionsOf = ({ quarter, member }: ResultsQuery): Conditions =>
  new Conditions().where(`${QUARTER} = $`, quarter).where('r.member = $', member);

/** What the viewer sees of results, added up by quarter, member, result, kind and unit. */
export const resultsOf = (sql: Sql, asked: ResultsQuery): Promise<ResultRow[]> => {
  const where = conditionsOf(asked);
  return sql.query<ResultRow>(
    `select * from (
       select ${QUARTER} as quarter, r.member, r.result, r.kind, r.unit, sum(r.quantity)::text as quantity
       from (${SOURCES}) r where ${where} group by 1, 2, 3, 4, 5
     ) x
     order by x.quarter collate "C" desc, x.member collate "C", x.result collate "C", x.kind collate "C", x.unit collate "C"`,
    where.params,
  );
};

/** Every record that was added up. */
export const recordsBehind = (sql: Sql, asked: ResultsQuery): Promise<Seen[]> => {
  const where = conditionsOf(asked);
  return sql.query<Seen>(
    `select distinct u.record, u.originator
     from (${SOURCES}) r cross join lateral unnest(r.records, r.originators) as u (record, originator)
     where ${where} order by u.record`,
    where.params,
  );
};
