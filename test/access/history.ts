import { HANDLING_CODES, PURPOSES, CATEGORIES, type HandlingCode } from '#contracts';
import type { Agreement } from '#access-policy';
import type { Asking, WorldRecord } from './model.ts';
import type { Random } from './random.ts';

/** New terms for an agreement. They hold once every party has signed them; until then the old ones do. */
export interface Amendment extends Pick<Agreement, 'categories' | 'purposes' | 'validFrom' | 'validTo'> {
  signedBy: string[];
  /** By one who had not signed: nothing comes of it. */
  declined: boolean;
}

/** One event of an originator's source: where it stands, the key that signed it, and what it says of the record. */
export type Word = { sequence: number; key: 'old' | 'new' } & (
  | { says: 'release'; audience: readonly string[] }
  | { says: 'backfill'; members: readonly string[] }
  | { says: 'reshield'; country: string }
  | { says: 'poison' }
  | { says: 'recalled' | 'expired' | 'erased' }
);

export interface Answer {
  id: string;
  by: string;
  /** The place in its source. */
  sequence: number;
  /** Until when leave is granted; null: refused. */
  until: number | null;
}

/** A member asks for leave from a handling code. */
export interface LeaveAsked {
  id: string;
  by: string;
  record: string;
  code: HandlingCode;
  answers: Answer[];
  /** Taken back: by the one that asked, or by somebody whose word doesn't count. */
  takenBackBy: string | null;
}

/** How everything came to be what it is: agreements and records stand in the world as they were at first. */
export interface History {
  /** By agreement, in order. */
  amendments: Record<string, Amendment[]>;
  /** By record, in order. */
  words: Record<string, Word[]>;
  /** By originator: the sequence from which its old key's word counts no more. */
  revokedFrom: Record<string, number>;
  leave: LeaveAsked[];
}

interface Of {
  codes: string[];
  originators: string[];
  agreements: Agreement[];
  records: WorldRecord[];
  askings: Asking[];
  /** Instants at which everything happens, and one long after, and before. */
  edges: number[];
  past: number;
  future: number;
}

/** At most: release, and four things after it. */
const WORDS = 5;

/** Another stream than the world's own, so that worlds stay what they were. */
export function historyFrom(random: Random, of: Of): History {
  const width = of.records.length;
  const revoked = random.some(of.originators, 0.3);
  const revokedFrom = Object.fromEntries(revoked.map((code) => [code, 1 + random.below(width * WORDS)]));
  const amended = of.agreements.filter(({ state, parties }) => state !== 'draft' && parties.length > 0);
  return {
    revokedFrom,
    amendments: Object.fromEntries(amended.map((one) => [one.id, amendmentsFrom(random, one, of)])),
    words: Object.fromEntries(
      of.records.map((record, i) => {
        const until = revokedFrom[record.originator] ?? Infinity;
        const words = wordsFrom(random, record, of.codes).map((said, n) => {
          const sequence = n * width + i + 1;
          return { ...said, sequence, key: sequence >= until && random.chance(0.6) ? 'new' : 'old' } as Word;
        });
        return [record.id, words];
      }),
    ),
    leave: Array.from({ length: 14 }, () => leaveFrom(random, of)),
  };
}

function amendmentsFrom(random: Random, of: Agreement, { edges, past, future }: Of): Amendment[] {
  // A large world may name a party twice.
  const parties = [...new Set(of.parties)];
  const some = random.chance(0.4) ? 1 + random.below(2) : 0;
  return Array.from({ length: some }, () => {
    const [validFrom, validTo] = random.pick<[number, number | null]>([
      ...[
        [past, null],
        [past, future],
        [past, null],
      ].map((one) => one as [number, number | null]),
      ...edges.flatMap((edge): [number, number | null][] => [
        [edge, null],
        [past, edge],
      ]),
    ]);
    const signedBy = random.some(random.shuffled(parties), random.pick([0.7, 1.1, 1.1]));
    return {
      categories: random.some(CATEGORIES, random.pick([0.4, 0.95, 1.1])),
      purposes: random.some(PURPOSES, random.pick([0.4, 0.95, 1.1])),
      validFrom,
      validTo,
      signedBy,
      declined: signedBy.length < parties.length,
    };
  }).map((one, i, all) => (i === all.length - 1 && random.chance(0.5) ? { ...one, declined: false } : one));
}

type Unplaced = Word extends infer W ? (W extends Word ? Omit<W, 'sequence' | 'key'> : never) : never;

function wordsFrom(random: Random, { audience, state, withheld }: WorldRecord, codes: string[]): Unplaced[] {
  const middle: Unplaced[] = [];
  if (random.chance(0.2)) middle.push({ says: 'release', audience: random.some(audience, 0.9) });
  if (random.chance(0.35)) middle.push({ says: 'backfill', members: random.some(codes, 0.3) });
  if (random.chance(0.08)) middle.push({ says: 'reshield', country: random.pick(codes).toLowerCase() });
  if (withheld) middle.push({ says: 'poison' });
  const rest = random.shuffled(middle).slice(0, state === 'released' ? WORDS - 1 : WORDS - 2);
  return [{ says: 'release', audience }, ...rest, ...(state === 'released' ? [] : [{ says: state }])];
}

function leaveFrom(random: Random, { records, askings, originators, codes, edges, past, future }: Of): LeaveAsked {
  const { id: record, originator, handlingCodes } = random.pick(records);
  const by = random.chance(0.9) ? random.pick(askings).viewer.member : random.pick(codes);
  const answers = Array.from({ length: random.below(3) }, (_, i) => ({
    id: random.uuid(),
    by: random.chance(0.85) ? originator : random.pick(originators),
    sequence: 1000 + (random.chance(0.5) ? i : -i),
    until: random.chance(0.25) ? null : random.pick([...edges, past, future, future, future]),
  }));
  const takenBackBy = random.chance(0.8) ? null : random.pick([by, by, originator]);
  const code = random.pick(handlingCodes.length > 0 ? handlingCodes : HANDLING_CODES);
  return { id: random.uuid(), by, record, code, answers, takenBackBy };
}
