import { countriesBehind, nationalities } from '#contracts';

type Properties = Readonly<Record<string, readonly string[]>>;

/**
 * The states of which a person's documents and identifiers are: FollowTheMoney names none beside the number, so they are
 * the states of nationality. Null where these aren't known, or not all of them.
 */
export const issuersOf = (properties: Properties): readonly string[] | null => {
  const countries = nationalities({ properties }).map(countriesBehind);
  return countries.length === 0 || countries.some((behind) => behind.length === 0) ? null : countries.flat();
};

/** Whether both are known and differ: each state counts its documents by itself, so one number may be two documents'. */
export const areOthers = (some: readonly string[] | null, others: readonly string[] | null): boolean =>
  some !== null && others !== null && !some.some((state) => others.includes(state));
