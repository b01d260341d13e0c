/**
 * What `=` finds a column by that is one of an array parameter's values: `where record = ${oneOf('$1', 'uuid')}`. Planned
 * as if for a few of them, so by the column's index: from some hundred values on PostgreSQL would read a whole table of
 * which it has no statistics yet, or which is small, each time.
 */
export const oneOf = (param: string, type: 'uuid' | 'bigint' | 'text'): string =>
  `any (array(select unnest(${param}::${type}[])))`;
