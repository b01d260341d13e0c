import type { AccessRecord, Agreement } from '#access-policy';
import type { HandlingCode } from '#contracts';
import type { Answer, Word } from './history.ts';
import type { World, WorldRecord } from './world.ts';

/** What a history may hold that can turn an answer. */
export const TURNS = ['amendment', 'backfill', 'revocation', 'leave'] as const;
export type Turn = (typeof TURNS)[number];

/**
 * What a world's history comes to, worked out from the paper alone and backwards, from the last word that counts; the
 * oracle's half of the comparison. Shares no line with the product. `but` leaves one thing out of the history, to see
 * whether the answer turned on it.
 */
export function asItIs(world: World, but?: Turn): { agreements: Agreement[]; records: Map<string, AccessRecord> } {
  return {
    agreements: world.agreements.map((one) => (but === 'amendment' ? one : withTermsThatHold(one, world))),
    records: new Map(
      world.records.flatMap((record) => {
        const is = asSaid(record, world, but);
        return is ? [[record.id, is] as const] : [];
      }),
    ),
  };
}

function withTermsThatHold(agreement: Agreement, { history }: World): Agreement {
  const signedByAll = (history.amendments[agreement.id] ?? []).filter(({ signedBy }) =>
    agreement.parties.every((party) => signedBy.includes(party)),
  );
  const last = signedByAll.at(-1);
  if (!last) return agreement;
  const { categories, purposes, validFrom, validTo } = last;
  return { ...agreement, categories, purposes, validFrom, validTo };
}

function asSaid(record: WorldRecord, { history }: World, but?: Turn): AccessRecord | null {
  const from = but === 'revocation' ? undefined : history.revokedFrom[record.originator];
  const counts = ({ key, sequence }: Word) => !(key === 'old' && from !== undefined && sequence >= from);
  const words = history.words[record.id]!.filter(({ says }) => !(but === 'backfill' && says === 'backfill'));
  const valid = words.filter(counts);
  const release = valid.findLast(({ says }) => says === 'release');
  if (release?.says !== 'release') return null;
  const began = valid.find(({ says }) => says === 'release')!.sequence;
  const later = valid.filter(({ sequence }) => sequence > release.sequence);
  const gained = later.flatMap((word) => (word.says === 'backfill' ? word.members : []));
  const end = later.map(({ says }) => says).findLast((says) => ['recalled', 'expired', 'erased'].includes(says));
  // What is erased has no review date any more.
  const gone = end === 'erased' ? { reviewBy: Number.MAX_SAFE_INTEGER } : {};
  return {
    ...record,
    ...gone,
    audience: [...release.audience, ...gained],
    shield: shieldOf(record, valid, began),
    state: (end ?? 'released') as AccessRecord['state'],
    withheld:
      valid.some(({ says }) => says === 'poison') ||
      words.some((word) => !counts(word) && word.sequence > release.sequence),
  };
}

/** It only grows: by each word after the first release, whatever was released since. */
function shieldOf({ shield }: WorldRecord, valid: readonly Word[], began: number): AccessRecord['shield'] {
  if (shield === 'ALL') return shield;
  const grown = valid.flatMap((word) => (word.says === 'reshield' && word.sequence > began ? [word.country] : []));
  return [...shield, ...grown];
}

/** The handling codes from which a member has leave: the request is for something, not taken back, and last granted. */
export function freeOf(
  record: WorldRecord,
  is: AccessRecord,
  member: string,
  now: number,
  world: World,
): HandlingCode[] {
  if (!maySpeakOf(is, member)) return [];
  const asked = world.history.leave.filter(({ by, record: of }) => by === member && of === record.id);
  const standing = asked.filter(({ takenBackBy, by }) => takenBackBy !== by);
  const granted = standing.filter(({ answers }) => {
    const last = lastOf(answers.filter(({ by }) => by === record.originator));
    return last !== undefined && last.until !== null && last.until > now;
  });
  return granted.map(({ code }) => code);
}

const lastOf = (answers: readonly Answer[]): Answer | undefined =>
  [...answers].sort((a, b) => a.sequence - b.sequence).at(-1);

function maySpeakOf({ state, originator, audience, shield }: AccessRecord, member: string): boolean {
  const isThere = state === 'released' || state === 'expired';
  const shielded = shield === 'ALL' || shield.includes(member.toLowerCase());
  return isThere && member !== originator && audience.includes(member) && !shielded;
}
