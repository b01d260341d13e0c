/**
 * The words of the access rule. Each list is append-only: an entry's index is its bit in stored masks, so an entry is
 * never moved or removed.
 */
export const CATEGORIES = ['intelligence', 'operation', 'dna', 'document', 'return', 'crossing', 'assistance'] as const;
export type Category = (typeof CATEGORIES)[number];

export const PURPOSES = [
  'people-smuggling',
  'human-trafficking',
  'document-fraud',
  'organised-crime',
  'returns',
  'forensic-matching',
  'statistics',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Ascending: an index compares. */
export const CLASSIFICATIONS = ['OFFICIAL', 'OFFICIAL-SENSITIVE', 'SECRET'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

export const ROLES = ['publisher', 'analyst', 'supervisor', 'auditor', 'admin', 'operator'] as const;
export type Role = (typeof ROLES)[number];

export const HANDLING_CODES = ['H0', 'H1', 'H2', 'H3'] as const;
export type HandlingCode = (typeof HANDLING_CODES)[number];

export const RECORD_STATES = ['released', 'recalled', 'expired', 'erased'] as const;
export type RecordState = (typeof RECORD_STATES)[number];

/** Members are bits of a signed bigint. */
export const MAX_MEMBERS = 63;

/** A shield names countries (lower-case codes), or everyone where a claim is known and no nationality can be read. */
export type Shield = readonly string[] | 'ALL';
