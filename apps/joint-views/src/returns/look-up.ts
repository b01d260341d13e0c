/**
 * SQL of a join that looks things up one by one, by index: without statistics, and with row-level security that hides how
 * many rows there are, a join of sets would be a loop over all of them.
 */
export const lookUp = (select: string, as: string): string => `cross join lateral (${select} offset 0) ${as}`;
