/**
 * What a count of crossings is. `provisional` as counted on the day; `reconciled` when the books are closed, and replaces
 * it; `prevented` never crossed; `detected` is what a border agency saw, where one person may be seen more than once.
 */
export const CROSSING_KINDS = ['provisional', 'reconciled', 'prevented', 'detected'] as const;
export type CrossingKind = (typeof CROSSING_KINDS)[number];

/** How much time one count is of. */
export const CROSSING_GRAINS = ['day', 'week', 'month'] as const;
export type CrossingGrain = (typeof CROSSING_GRAINS)[number];
