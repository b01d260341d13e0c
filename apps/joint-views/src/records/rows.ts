import { categoryIndex, memberMask, type MemberBits } from '#access-policy';
import { CATEGORIES, type Category, type Shield } from '#contracts';
import type { RecordState, Row } from './record.ts';

const ALL = ['ALL'];

/** A record as its row: codes become masks by the members' bits as they are now. */
export function toRow(state: RecordState, bits: MemberBits): Row {
  return {
    record: state.record,
    originator: state.originator,
    grant_key: (bits.get(state.originator) ?? 0) * 8 + categoryIndex(state.category),
    audience: String(memberMask(state.audience, bits)),
    shield: String(memberMask(state.shield, bits)),
    purposes: state.purposes,
    classification: state.classification,
    not_before: state.notBefore,
    review_by: state.reviewBy,
    state: state.state,
    withheld: state.withheld,
    kind: state.kind,
    category: state.category,
    shield_codes: state.shield === 'ALL' ? ALL : state.shield,
    audience_codes: state.audience,
    taskforce: state.taskforce,
    handling_codes: state.handlingCodes,
    released_at: state.releasedAt,
    updated_at: state.updatedAt,
    version: state.version,
    sequence: state.sequence,
    unread: state.unread,
    stale: state.stale,
    contested: state.contested,
  };
}

const time = (value: unknown): string => (value as Date).toISOString();

/** The reverse. The masks aren't read: the codes tell more. */
export function fromRow(row: Row): RecordState {
  const codes = row['shield_codes'] as string[];
  const category = row['category'] as Category;
  if (!CATEGORIES.includes(category)) throw new Error('A record of no category');
  return {
    record: row['record'] as string,
    originator: row['originator'] as string,
    kind: row['kind'] as string,
    category,
    purposes: Number(row['purposes']),
    audience: row['audience_codes'] as string[],
    taskforce: row['taskforce'] as boolean,
    classification: row['classification'] as number,
    handlingCodes: row['handling_codes'] as string[],
    shield: (codes[0] === 'ALL' ? 'ALL' : codes) as Shield,
    notBefore: row['not_before'] === null ? null : time(row['not_before']),
    reviewBy: time(row['review_by']),
    state: row['state'] as number,
    withheld: row['withheld'] as boolean,
    releasedAt: time(row['released_at']),
    updatedAt: time(row['updated_at']),
    version: row['version'] as number,
    sequence: Number(row['sequence']),
    unread: row['unread'] as boolean,
    stale: row['stale'] as boolean,
    contested: row['contested'] as boolean,
  };
}
