import type { Sql } from '#sql';
import { Conditions } from '../reading/conditions.ts';
import type { Listing, RecordRow } from '../reading/records.query.ts';
import type { AssistanceTotalsQuery } from './assistance.dto.ts';

export interface AssistanceRow extends RecordRow {
  receiver: string;
  kind: string;
  item: string;
  quantity: number | null;
  /** Decimal text. */
  amount: string | null;
  currency: string | null;
  drawn: string | null;
  draws: { amount: string; for: string; at: string }[];
  stage: string;
  pledged_at: Date;
  delivered_at: Date | null;
  handling_text: string | null;
}

export const ASSISTANCE: Listing = {
  table: 'assistance',
  columns: [
    ...['receiver', 'kind', 'item', 'quantity', 'currency', 'draws', 'stage', 'pledged_at', 'delivered_at'],
    ...['handling_text', 't.amount::text as amount', 't.drawn::text as drawn'],
  ],
};

export type AssistanceFilter = Pick<AssistanceTotalsQuery, 'donor' | 'receiver' | 'year'>;

export const conditionsOf = ({ donor, receiver, year }: AssistanceFilter): Conditions =>
  new Conditions()
    .where('t.originator = $', donor)
    .where('t.receiver = $', receiver)
    .where(`extract(year from t.pledged_at at time zone 'UTC') = $::int`, year);

export interface TotalRow {
  donor: string;
  receiver: string;
  year: number;
  kind: string;
  /** Of equipment. */
  item: string | null;
  quantity: number | null;
  /** Of money, decimal text. */
  currency: string | null;
  amount: string | null;
  drawn: string | null;
  records: string[];
}

/** What was given by whom to whom in which year: money by currency, equipment by item. Of what is released now. */
export const totalsOf = (sql: Sql, filter: AssistanceFilter): Promise<TotalRow[]> => {
  const where = conditionsOf(filter).and('t.state = 0');
  return sql.query<TotalRow>(
    `select t.originator as donor, t.receiver, extract(year from t.pledged_at at time zone 'UTC')::int as year, t.kind,
       case when t.kind = 'equipment' then t.item end as item, sum(t.quantity)::float8 as quantity, t.currency,
       sum(t.amount)::text as amount, sum(t.drawn)::text as drawn, array_agg(t.record order by t.record) as records
     from views.assistance t where ${where}
     group by 1, 2, 3, 4, 5, t.currency order by 1, 2, 3, 4, 5, t.currency`,
    where.params,
  );
};
