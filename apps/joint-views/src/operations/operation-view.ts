import { CLASSIFICATIONS } from '#contracts';
import type { Sql } from '#sql';
import type { Seen } from '../consultation/entry.ts';
import { stateNow } from '../reading/state.ts';
import {
  approvalsOf,
  contributionsTo,
  visibleEntities,
  type ContributionRow,
  type OperationRow,
} from './operations.query.ts';
import { resultsOf, stateOf } from './results.ts';

interface Around {
  approved: ReadonlySet<string>;
  contributions: readonly ContributionRow[];
  targets: ReadonlyMap<string, Seen>;
}

/** Operations as the interface shows them, with every record that contributed. Three statements, however many. */
export const describeOperations = async (sql: Sql, rows: readonly OperationRow[], now: number) => {
  const ids = rows.map(({ id }) => id);
  const approvals = await approvalsOf(sql, ids);
  const contributions = await contributionsTo(sql, ids);
  const entities = await visibleEntities(sql, [...new Set(rows.flatMap(({ targets }) => targets))]);
  const targets = new Map<string, Seen>(entities.map(({ entity, ...seen }) => [entity, seen]));
  const around = (row: OperationRow): Around => ({
    approved: new Set(approvals.filter(({ operation }) => operation === row.id).map(({ member }) => member)),
    contributions: contributions.filter((one) => one.operation === row.id && takesPart(row, one.originator)),
    targets,
  });
  const described = rows.map((row) => ({ row, around: around(row) }));
  return {
    items: described.map(({ row, around: its }) => itemOf(row, its, now)),
    records: described.flatMap(({ row, around: its }) => recordsOf(row, its)),
  };
};

const takesPart = (row: OperationRow, member: string): boolean =>
  member === row.originator || row.participants.includes(member);

const recordsOf = (row: OperationRow, { contributions, targets }: Around): Seen[] => [
  { record: row.id, originator: row.originator },
  ...contributions.map(({ record, originator }) => ({ record, originator })),
  ...row.targets.map((target) => targets.get(target)).filter((seen) => seen !== undefined),
];

const itemOf = (row: OperationRow, { approved, contributions, targets }: Around, now: number) => ({
  id: row.id,
  lead: row.originator,
  name: row.name,
  state: stateOf(
    { participants: row.participants, launched: row.launched_at !== null, concluded: row.concluded_at !== null },
    approved,
  ),
  participants: row.participants.map((member) => ({ member, approved: approved.has(member) })),
  results: resultsOf(contributions),
  area: row.area,
  window: { from: isoOf(row.window_from), to: isoOf(row.window_to) },
  // Of the targets, only those that this viewer knows from a record of its own right.
  targets: row.targets.filter((target) => targets.has(target)),
  purposes: row.purpose_codes,
  classification: CLASSIFICATIONS[row.classification],
  handlingCodes: row.handling_codes,
  ...(row.handling_text === null ? {} : { handlingText: row.handling_text }),
  ...(row.outcome === null ? {} : { outcome: row.outcome }),
  releasedAt: row.released_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  version: row.version,
  recordState: stateNow(row, now),
});

const isoOf = (time: Date | null): string | null => time?.toISOString() ?? null;
