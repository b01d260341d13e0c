import { createHash } from 'node:crypto';

/** A record that contributed to an answer. */
export interface Seen {
  record: string;
  originator: string;
}

/** What a member's user asked, and what was served. */
export interface Consultation {
  member: string;
  user: string;
  roles: readonly string[];
  purpose: string;
  case: string;
  /** The route's pattern, without values: a searched name must not outlive the person's erasure here. */
  route: string;
  records: readonly Seen[];
  /** How far each source had been applied when the answer was made: { "/members/GB": 812 }. */
  applied: Readonly<Record<string, number>>;
}

/** A line of a member's log, as it is stored. */
export interface Entry {
  member: string;
  /** From 1, without holes, in this member's log. */
  number: number;
  id: string;
  /** RFC 3339, UTC, milliseconds. */
  at: string;
  actor: string;
  roles: readonly string[];
  purpose: string;
  case_reference: string;
  route: string;
  records: readonly string[];
  previous: string;
  hash: string;
}

/** What the first entry of a member's log follows. */
export const GENESIS = '0'.repeat(64);

/** SHA-256, hex, of everything that an entry says, the hash before it included. */
export const hashOfEntry = (entry: Omit<Entry, 'hash'>): string => {
  const said = [entry.member, entry.number, entry.id, entry.at, entry.actor, entry.roles, entry.purpose];
  const rest = [entry.case_reference, entry.route, entry.records, entry.previous];
  return createHash('sha256')
    .update(JSON.stringify([...said, ...rest]))
    .digest('hex');
};

/** The number of the first entry that doesn't follow the one before it, or null. `entries`: one member's, from 1 on. */
export const firstBreak = (entries: Iterable<Entry>): number | null => {
  let number = 0;
  let previous = GENESIS;
  for (const entry of entries) {
    number += 1;
    if (entry.number !== number || entry.previous !== previous || entry.hash !== hashOfEntry(entry)) return number;
    previous = entry.hash;
  }
  return null;
};
