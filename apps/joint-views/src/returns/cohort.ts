const DAY_MS = 86_400_000;
const WINDOWS = [30, 90, 365] as const;
const LONGEST = 365;

/** Somebody of a cohort: when returned, and when first met again. */
export interface Followed {
  returnedAt: Date;
  metAgainAt: Date | null;
}

export interface Cohort {
  cohort: string;
  returned: number;
  /** How many were met again within so many days. */
  within: Record<(typeof WINDOWS)[number], number>;
  /** How many may still be met again within 365 days of their return: the figures above aren't their last word. */
  underObservation: number;
  /** The same as shares of the cohort; null where it is empty. */
  shares: { within: Record<(typeof WINDOWS)[number], number>; underObservation: number } | null;
}

/** What became of everyone returned in a year. `now`: milliseconds since the epoch. */
export const cohortOf = (cohort: string, followed: readonly Followed[], now: number): Cohort => {
  const returned = followed.length;
  const after = ({ returnedAt, metAgainAt }: Followed): number =>
    metAgainAt === null ? Infinity : (metAgainAt.getTime() - returnedAt.getTime()) / DAY_MS;
  const within = perWindow((days) => followed.filter((one) => after(one) <= days).length);
  const underObservation = followed.filter(
    (one) => one.metAgainAt === null && now < one.returnedAt.getTime() + LONGEST * DAY_MS,
  ).length;
  const share = (count: number): number => Number((count / returned).toFixed(4));
  const shares =
    returned === 0
      ? null
      : { within: perWindow((days) => share(within[days])), underObservation: share(underObservation) };
  return { cohort, returned, within, underObservation, shares };
};

const perWindow = (of: (days: (typeof WINDOWS)[number]) => number): Cohort['within'] => ({
  30: of(30),
  90: of(90),
  365: of(365),
});
