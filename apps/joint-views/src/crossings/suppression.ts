/** Cells of a breakdown that count fewer people are not for other members. */
export const SMALLEST_SHOWN = 5;

/** One nationality in one count. */
export interface Cell {
  country: string;
  migrants: number;
}

const isSmall = (migrants: number): boolean => migrants > 0 && migrants < SMALLEST_SHOWN;

/**
 * Which nationalities of one count other members may be told of. `total`, which is never kept from them, less the cells
 * that are shown would give back a single one that isn't; so where any is too small (the rest, whose nationality isn't
 * said, among them), the smallest of the others is hidden too, and all that equal it. What is hidden then counts six
 * people or more, or else nothing is shown at all.
 *
 * It looks at one count alone, so whatever is added up over counts is a sum of what is shown of each: no choice of
 * dates, originators or routes tells more than the counts one by one do.
 */
export function shownCountries(total: number, cells: readonly Cell[]): ReadonlySet<string> {
  const rest = total - cells.reduce((sum, { migrants }) => sum + migrants, 0);
  const counted = cells.filter(({ migrants }) => migrants > 0);
  const large = counted.filter(({ migrants }) => !isSmall(migrants));
  if (large.length === counted.length && !isSmall(rest)) return new Set(counted.map(({ country }) => country));
  const smallest = Math.min(...large.map(({ migrants }) => migrants));
  return new Set(large.filter(({ migrants }) => migrants > smallest).map(({ country }) => country));
}
