import { CATEGORIES, CLASSIFICATIONS, MAX_MEMBERS, PURPOSES, RECORD_STATES } from '#contracts';
import type { Category, Classification, Purpose, RecordState, Shield } from '#contracts';

/** Every bit, and so every member that is or will be: the mask of the shield `ALL`. */
export const EVERYONE = -1n;

/** A member's bit in a mask, by its code in capitals; the registry hands out 0 to 62. */
export type MemberBits = ReadonlyMap<string, number>;

/**
 * The mask of these members, as the signed bigint of the columns `audience` and `shield`. Codes are taken in either
 * case. A code without a bit has no place in the mask, so whoever stores one masks again when a member gets its bit,
 * before that member becomes active.
 */
export function memberMask(codes: Shield, bits: MemberBits): bigint {
  if (codes === 'ALL') return EVERYONE;
  return codes.reduce((mask, code) => mask | maskOf(bits.get(code.toUpperCase())), 0n);
}

/** The mask of one bit; 0 for a member that has none. */
function maskOf(bit: number | undefined): bigint {
  return bit === undefined ? 0n : 1n << BigInt(checkedBit(bit));
}

/** The mask of the column `purposes`. */
export function purposeMask(purposes: readonly Purpose[]): bigint {
  return purposes.reduce((mask, purpose) => mask | (1n << BigInt(indexIn(PURPOSES, purpose))), 0n);
}

/** The place of a category in its list, as stored in `grant_key`. */
export function categoryIndex(category: Category): number {
  return indexIn(CATEGORIES, category);
}

/** The value of the column `classification`: ascending, so that it compares with a clearance. */
export function classificationIndex(classification: Classification): number {
  return indexIn(CLASSIFICATIONS, classification);
}

/** The value of the column `state`. */
export function stateIndex(state: RecordState): number {
  return indexIn(RECORD_STATES, state);
}

/** The value of the column `grant_key`: whose record it is (the originator's bit), and of which category. */
export function grantKey(originatorBit: number, category: Category): number {
  return checkedBit(originatorBit) * 8 + categoryIndex(category);
}

function checkedBit(bit: number): number {
  if (!Number.isInteger(bit) || bit < 0 || bit >= MAX_MEMBERS) throw new RangeError(`${bit} is no member's bit`);
  return bit;
}

function indexIn<T>(list: readonly T[], entry: T): number {
  const index = list.indexOf(entry);
  if (index < 0) throw new RangeError(`${String(entry)} is not one of ${list.join(', ')}`);
  return index;
}
