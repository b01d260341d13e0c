import { ERASED, RECALLED, type Change, type Members, type RecordState, type Withdrawal } from './record.ts';

const NOBODY: Members = { codes: [], allBut: false };
export const EVERYBODY: Members = { codes: [], allBut: true };

/**
 * Who may have read a record as it is, whatever grants, clearance and time say: its audience less its shield. An expired one
 * counts as held. What a member said on another's record names no audience: who sees that one sees it, and who does isn't
 * known from this source.
 */
export function holders({ state, originator, shield, purposes, audience }: RecordState): Members {
  if (state === RECALLED || state === ERASED || shield === 'ALL') return NOBODY;
  const kept = [...new Set([...shield.map((country) => country.toUpperCase()), originator])].sort();
  if (purposes === 0) return { codes: kept, allBut: true };
  return { codes: audience.filter((code) => !kept.includes(code)), allBut: false };
}

const has = ({ codes, allBut }: Members, code: string): boolean => codes.includes(code) !== allBut;

function without(some: Members, others: Members): Members {
  if (!some.allBut) return { codes: some.codes.filter((code) => !has(others, code)), allBut: false };
  if (others.allBut) return { codes: others.codes.filter((code) => has(some, code)), allBut: false };
  return { codes: [...new Set([...some.codes, ...others.codes])].sort(), allBut: true };
}

/** Whom a change took a record from, in the same words whether it was recalled, narrowed or shielded. */
export const withdrawal = (
  { record, sequence, event, at }: Change,
  before: RecordState,
  after: RecordState,
): Withdrawal => ({ record, sequence, event, at, removed: without(holders(before), holders(after)) });
