import { hash } from 'node:crypto';
import { randomOf } from '#contracts';

/** A record that contributed to an answer. */
export interface Seen {
  record: string;
  originator: string;
}

/**
 * `read`: something of the records was served under the access rule. `inquiry`: what was done with them was asked
 * (explain, audit, disclosures, notices): nothing of them was served.
 */
export type EntryKind = 'read' | 'inquiry';

/** What a member's user asked, and what was served. */
export interface Consultation {
  member: string;
  kind: EntryKind;
  /** Milliseconds since the epoch: the instant at which the caller's rights were judged. */
  at: number;
  user: string;
  roles: readonly string[];
  clearance: string;
  purpose: string;
  case: string;
  /** The route's pattern, without values: a searched name must not outlive the person's erasure here. */
  route: string;
  records: readonly Seen[];
  /** Left out of what other members are told: it would tell a country of origin where its asylum seeker is. */
  protection?: boolean;
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
  kind: EntryKind;
  actor: string;
  roles: readonly string[];
  clearance: string;
  purpose: string;
  case_reference: string;
  route: string;
  records: readonly string[];
  protection: boolean;
  /** JSON: a salt, and how far each source had been applied. */
  applied: string;
  previous: string;
  hash: string;
}

/** What the first entry of a member's log follows. */
export const GENESIS = '0'.repeat(64);

const sha256 = (text: string): string => hash('sha256', text);

/**
 * The one text of an entry: a JSON array of everything that it says, the hash before it last. What its hash is taken of,
 * and what an export holds: whoever has the lines needs nothing but SHA-256 to follow the chain. How far each source had
 * been applied stands in it as a salted hash: other members' sequences count what is hidden.
 */
export const textOfEntry = (entry: Omit<Entry, 'hash'>): string =>
  JSON.stringify([
    ...[entry.member, entry.number, entry.id, entry.at, entry.kind, entry.actor, entry.roles, entry.clearance],
    ...[entry.purpose, entry.case_reference, entry.route, entry.records, entry.protection, sha256(entry.applied)],
    entry.previous,
  ]);

/** SHA-256, hex, of the entry's text. */
export const hashOfEntry = (entry: Omit<Entry, 'hash'>): string => sha256(textOfEntry(entry));

/** What an entry's `applied` holds. */
export const appliedText = (applied: Readonly<Record<string, number>>): string =>
  JSON.stringify({ salt: randomOf(16).toString('base64url'), ...applied });

/** How far each source had been applied when an entry's answer was made. */
export const appliedOf = ({ applied }: Pick<Entry, 'applied'>): Readonly<Record<string, number>> => {
  const said = Object.entries(JSON.parse(applied) as Record<string, number>);
  return Object.fromEntries(said.filter(([name]) => name !== 'salt'));
};

/** Where a member's log ends, or ended when somebody looked. */
export interface Head {
  number: number;
  hash: string;
}

export const NO_ENTRY: Head = { number: 0, hash: GENESIS };

/** Whether this entry is the one that follows `head`, as it was written. */
export const follows = (entry: Entry, head: Head): boolean =>
  entry.number === head.number + 1 && entry.previous === head.hash && entry.hash === hashOfEntry(entry);

/** The number of the first entry that doesn't follow the one before it, or null. `entries`: one member's, from 1 on. */
export const firstBreak = (entries: Iterable<Entry>): number | null => {
  let head = NO_ENTRY;
  for (const entry of entries) {
    if (!follows(entry, head)) return head.number + 1;
    head = entry;
  }
  return null;
};
