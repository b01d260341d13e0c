import { CLASSIFICATIONS, type Category, type Classification, type HandlingCode } from '#contracts';
import type { NodeIdentity } from '../node.ts';
import type { Handling } from './release.ts';

const DAY = 86_400_000;

export interface GivenHandling {
  classification?: Classification;
  handlingCodes?: readonly HandlingCode[];
  reviewBy?: string;
}

/** How a record is handled where it doesn't say: OFFICIAL, H0, and the category's review period from `now`. */
export const handlingOf = (
  category: Category,
  given: GivenHandling,
  { reviewDays }: NodeIdentity,
  now: number,
): Handling => ({
  category,
  classification: given.classification ?? CLASSIFICATIONS[0],
  handlingCodes: given.handlingCodes ?? ['H0'],
  reviewBy: given.reviewBy ?? new Date(now + reviewDays[category] * DAY).toISOString().slice(0, 10),
});
