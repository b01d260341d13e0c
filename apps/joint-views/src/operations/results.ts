import type { ContributionRow } from './operations.query.ts';

export type OperationState = 'planned' | 'approved' | 'launched' | 'concluded';

/** What the lead has said so far, and who takes part. */
export interface Course {
  participants: readonly string[];
  launched: boolean;
  concluded: boolean;
}

/**
 * The state that the events of lead and participants make together, whatever order they came in: a launch takes effect
 * when every participant has approved.
 */
export const stateOf = (
  { participants, launched, concluded }: Course,
  approved: ReadonlySet<string>,
): OperationState => {
  if (concluded) return 'concluded';
  if (!participants.every((member) => approved.has(member))) return 'planned';
  return launched ? 'launched' : 'approved';
};

export interface Results {
  arrests: number;
  rescued: number;
  seizures: { kind: string; quantity: number; unit: string }[];
}

/** People arrested and rescued; what was seized, summed per kind and unit. */
export const resultsOf = (contributions: readonly ContributionRow[]): Results => {
  const people = (kind: string) =>
    contributions.filter((one) => one.kind === kind).reduce((sum, { count }) => sum + (count ?? 0), 0);
  return { arrests: people('arrests'), rescued: people('rescues'), seizures: seizuresOf(contributions) };
};

const seizuresOf = (contributions: readonly ContributionRow[]): Results['seizures'] => {
  const sums = new Map<string, Results['seizures'][number]>();
  for (const { kind, seizure_kind, unit, quantity } of contributions) {
    if (kind !== 'seizure') continue;
    const key = `${seizure_kind} ${unit}`;
    const sum = sums.get(key) ?? { kind: seizure_kind ?? 'other', quantity: 0, unit: unit ?? 'item' };
    // Decimals that were written with few digits stay so: 0.1 kg and 0.2 kg are 0.3 kg.
    sum.quantity = Number((sum.quantity + Number(quantity ?? 0)).toFixed(6));
    sums.set(key, sum);
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
};
