import { CLASSIFICATIONS, PURPOSES, type AccessAttributes, type Shield } from '#contracts';
import { EVERYBODY, withdrawal } from './holders.ts';
import {
  ERASED,
  EXPIRED,
  isErased,
  RECALLED,
  RELEASED,
  type Change,
  type RecordState,
  type Rows,
  type Withdrawal,
} from './record.ts';

/** What is known of a record while the events of a batch are folded into it. */
export interface Folded {
  originator: string;
  /** Null: no event has made it yet. */
  state: RecordState | null;
  /** What becomes of the rows of its content. */
  rows: 'keep' | 'remove' | Rows;
  /** Rows that come beside them. */
  added: Rows[];
  withdrawals: Withdrawal[];
  poison: { sequence: number; reason: string }[];
  /** Whether a poison event touched it, in this batch or before: it stays withheld. */
  poisoned: boolean;
  /** Its keys are to be destroyed, and nothing of why it was poison is to stay. */
  erased: boolean;
}

export function unfolded(originator: string, state: RecordState | null, poisoned: boolean): Folded {
  return { originator, state, rows: 'keep', added: [], withdrawals: [], poison: [], poisoned, erased: false };
}

type Of<C extends Change['change']> = Extract<Change, { change: C }>;
const END = '9999-12-31T00:00:00.000Z';

/** The shield only grows (ACCESS.md): what was shielded once stays so. */
export function widen(before: Shield, more: Shield): Shield {
  if (before === 'ALL' || more === 'ALL') return 'ALL';
  return [...new Set([...before, ...more])].sort();
}

const shieldOf = (it: { shield: Shield } | null): Shield => it?.shield ?? [];

export const maskOf = (all: readonly string[], some: readonly string[]): number =>
  some.reduce((mask, code) => mask | (1 << all.indexOf(code)), 0);
const instant = (time: string): string => new Date(time).toISOString();

const fromAccess = (access: AccessAttributes) => ({
  category: access.category,
  purposes: maskOf(PURPOSES, access.purposes),
  audience: [...access.audience].sort(),
  taskforce: access.taskforce,
  classification: CLASSIFICATIONS.indexOf(access.classification),
  handlingCodes: access.handlingcodes,
  notBefore: access.notbefore === undefined ? null : instant(access.notbefore),
  reviewBy: instant(`${access.reviewby}T00:00:00Z`),
  releasedAt: instant(access.releasedat),
});

// A member's word on another's record: nobody reads it as a record, so it goes to nobody.
const unreleased = (at: string): ReturnType<typeof fromAccess> => ({
  category: 'operation',
  purposes: 0,
  audience: [],
  taskforce: false,
  classification: 0,
  handlingCodes: [],
  notBefore: null,
  reviewBy: END,
  releasedAt: at,
});

/** Readers know of a change only by the version that their event carries: hidden causes must not show. */
const shown = (before: RecordState | null, change: Change) => {
  const version = change.version ?? before?.version ?? 1;
  const updatedAt = before && version <= before.version ? before.updatedAt : change.at;
  return { version: Math.max(version, before?.version ?? 1), updatedAt };
};

/** Until it is made anew with its key, or erased. */
const isUnread = (before: RecordState | null, { unread }: Change): boolean =>
  unread === true || before?.unread === true;

function put(folded: Folded, change: Of<'put'>): Folded {
  const before = folded.state;
  const after: RecordState = {
    record: change.record,
    originator: folded.originator,
    kind: change.kind,
    ...(change.access ? fromAccess(change.access) : unreleased(change.at)),
    shield: widen(shieldOf(before), shieldOf(change.content)),
    state: RELEASED,
    withheld: change.content === null,
    ...shown(before, change),
    sequence: change.sequence,
    unread: isUnread(before, change),
    stale: before?.stale === true,
    contested: before?.contested === true,
  };
  return { ...folded, state: after, rows: change.content?.rows ?? 'remove' };
}

const ended = (folded: Folded, change: Of<'recall' | 'expire'>, before: RecordState): Folded => {
  const state = change.change === 'recall' ? RECALLED : EXPIRED;
  return { ...folded, state: { ...before, state, ...shown(before, change), sequence: change.sequence } };
};

/** Nothing of its content, nor of whom it was for, stays: with and without the key the same row is left. */
function erase(folded: Folded, change: Of<'erase'>): Folded {
  const clean = { ...folded, poison: [], poisoned: false, erased: true };
  const before = folded.state;
  if (!before) return clean;
  const { category, releasedAt } = before;
  const state: RecordState = {
    ...before,
    ...unreleased(change.at),
    category,
    releasedAt,
    shield: [],
    state: ERASED,
    withheld: false,
    ...shown(before, change),
    sequence: change.sequence,
    unread: false,
  };
  return { ...clean, state, rows: 'remove', added: [] };
}

/** Null: the shield that it comes with can't be read. */
function more(before: RecordState, change: Change, shield: Shield | null): RecordState {
  return {
    ...before,
    shield: widen(before.shield, shield ?? []),
    withheld: before.withheld || shield === null,
    sequence: change.sequence,
    unread: isUnread(before, change),
  };
}

const changes: { [C in Change['change']]: (folded: Folded, change: Of<C>, before: RecordState) => Folded } = {
  put,
  add: (folded, change, before) => ({
    ...folded,
    state: more(before, change, change.content?.shield ?? null),
    added: change.content ? [...folded.added, change.content.rows] : folded.added,
  }),
  recall: ended,
  expire: ended,
  erase,
  reshield: (folded, change, before) => ({ ...folded, state: more(before, change, change.shield) }),
  extend: (folded, { audience, sequence }, before) => {
    const all = [...new Set([...before.audience, ...audience])].sort();
    return { ...folded, state: { ...before, audience: all, sequence } };
  },
  doubt: (folded, { sequence }, before) => ({ ...folded, state: { ...before, withheld: true, sequence } }),
  poison: (folded, { sequence, reason }, before) => ({
    ...folded,
    state: before && { ...before, sequence },
    poison: [...folded.poison, { sequence, reason }],
    poisoned: true,
  }),
};

/** Where a record isn't there yet, only these say something of it. */
const FIRST: readonly Change['change'][] = ['put', 'erase', 'poison'];

/**
 * Each of these could take it from somebody, and leaves a withdrawal, maybe from nobody: a rebuild without the record's key
 * can't know its shield, but which events came.
 */
const TAKING: readonly Change['change'][] = ['put', 'add', 'recall', 'reshield', 'erase'];

/** Whom it was taken from. By an erasure from everybody, and so whatever came before it: the shield isn't known any more. */
function told(before: Folded, change: Change, after: Folded): Withdrawal[] {
  if (!before.state || !after.state || !TAKING.includes(change.change)) return after.withdrawals;
  const all = [...before.withdrawals, withdrawal(change, before.state, after.state)];
  return isErased(after.state) ? all.map((one) => ({ ...one, removed: EVERYBODY })) : all;
}

/** The record after one more event of its originator. What comes after an erasure counts for nothing. */
export function fold(folded: Folded, change: Change): Folded {
  if (folded.state && isErased(folded.state)) return folded;
  if (!folded.state && !FIRST.includes(change.change)) return folded;
  const apply = changes[change.change] as (folded: Folded, change: Change, before: RecordState) => Folded;
  const after = apply(folded, change, folded.state as RecordState);
  return { ...after, withdrawals: told(folded, change, after) };
}

/** What is to be stored: a poison event of any time withholds the record, whatever came after it. */
export function settled(folded: Folded): RecordState | null {
  return folded.state && folded.poisoned ? { ...folded.state, withheld: true } : folded.state;
}
