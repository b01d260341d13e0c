/** SQL: whether withdrawal `w` took its record from this member. */
export const takenFrom = (member: string): string => `(${member} = any (w.removed)) <> w.all_but`;

/**
 * SQL: whether a withdrawal is told of, beside the row in `records` of what it is of. An erasure alone stands for all that
 * came before it: whom each of those took the record from isn't known any more.
 */
export const tells = (withdrawal: string, record: string): string =>
  `(${record}.state <> 3 or ${withdrawal}.sequence = ${record}.sequence)`;
