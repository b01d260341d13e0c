import type { Quality, Thresholds } from '#dna';

/** What each member takes for a hit, by member. Of one that isn't in it: what the rule takes for one. */
export type MemberThresholds = Readonly<Record<string, Thresholds>>;

/** `GB:8:3,AL:7:4`: of a member, the loci that must match at least, and the poorest quality. Empty: the rule's for all. */
export const THRESHOLDS_PATTERN = '^([A-Z]{2}:\\d{1,2}:[1-4](,(?=.)|$))*$';

/** Reads thresholds in the form of `THRESHOLDS_PATTERN`. */
export const readThresholds = (text: string): MemberThresholds =>
  Object.fromEntries(
    text
      .split(',')
      .filter((entry) => entry !== '')
      .map((entry) => {
        const [member, loci, quality] = entry.split(':') as [string, string, string];
        return [member, { loci: Number(loci), quality: Number(quality) as Quality }];
      }),
  );
