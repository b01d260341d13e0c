/** Why a line isn't what it should be. Stable words, without content. */
export type Reason =
  // of an event
  | 'unreadable'
  | 'wrong-source'
  | 'missing'
  | 'other-bytes'
  | 'wrong-previous'
  | 'wrong-signature'
  | 'unsigned'
  | 'not-as-applied'
  // of a line of a log
  | 'changed'
  | 'not-as-witnessed'
  | 'not-permitted';

/** The first line of a chain that is wrong. */
export interface Finding {
  /** A source (`/members/GB`), or a member's log of consultations (`audit of GB`). */
  chain: string;
  /** The sequence, or the number in the log. */
  line: number;
  reason: Reason;
  /** Of `not-permitted`: what the access rule says. */
  code?: string;
}

export const auditOf = (member: string): string => `audit of ${member}`;
