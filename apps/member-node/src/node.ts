import type { Category } from '#contracts';

/** Whose node this is. */
export interface NodeIdentity {
  /** The member's code: GB. */
  member: string;
  /** The days after which a record of a category is to be reviewed, unless it says. */
  reviewDays: Readonly<Record<Category, number>>;
  /** What the callers' clocks and its own may differ by, in milliseconds. */
  clockSkewMs: number;
}

/** Injection token of the NodeIdentity. */
export const NODE = Symbol('NodeIdentity');

/** Reviews fall due after three years; statistics are kept longer, since they name nobody (LED Art. 5). */
export const REVIEW_DAYS: Readonly<Record<Category, number>> = {
  intelligence: 1_095,
  operation: 1_095,
  dna: 1_095,
  document: 1_825,
  return: 1_825,
  crossing: 3_650,
  assistance: 3_650,
};
