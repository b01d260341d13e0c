import { csvOf } from './csv.ts';
import type { ResultRow } from './results.query.ts';

/** What one member came to in one quarter. */
export interface MemberResults {
  member: string;
  quarter: string;
  arrests: number;
  rescued: number;
  seizures: { kind: string; quantity: number; unit: string }[];
  returns: number;
  documentsStopped: number;
  hitsConfirmed: number;
}

/** By member and quarter, as the rows are ordered. */
export const tableOf = (rows: readonly ResultRow[]): MemberResults[] =>
  [...Map.groupBy(rows, ({ quarter, member }) => `${quarter} ${member}`).values()].map(lineOf);

const lineOf = (rows: readonly ResultRow[]): MemberResults => {
  const { member, quarter } = rows[0]!;
  const sum = (result: ResultRow['result']) =>
    rows.filter((row) => row.result === result).reduce((all, { quantity }) => all + Number(quantity), 0);
  return {
    member,
    quarter,
    arrests: sum('arrests'),
    rescued: sum('rescues'),
    seizures: rows.filter(({ result }) => result === 'seizures').map(seizureOf),
    returns: sum('returns'),
    documentsStopped: sum('documents-stopped'),
    hitsConfirmed: sum('hits-confirmed'),
  };
};

const seizureOf = ({ kind, quantity, unit }: ResultRow) => ({
  kind: kind ?? 'other',
  quantity: Number(quantity),
  unit: unit ?? 'item',
});

/** A line for each number: a spreadsheet makes any table of it. */
export const csvTable = (rows: readonly ResultRow[]): string =>
  csvOf(
    ['quarter', 'member', 'result', 'kind', 'unit', 'quantity'],
    rows.map(({ quarter, member, result, kind, unit, quantity }) => [
      ...[quarter, member, result, kind ?? '', unit ?? ''],
      // 3.500000 is 3.5.
      quantity.includes('.') ? quantity.replace(/\.?0+$/, '') : quantity,
    ]),
  );
