import type { AccessRecord } from '../model.ts';
import { classificationIndex, grantKey, memberMask, purposeMask, stateIndex, type MemberBits } from './masks.ts';

/**
 * What every row of the views carries that holds something of a record, so that one row answers for itself: column and
 * type. `state` is the place in RECORD_STATES, `classification` the place in CLASSIFICATIONS.
 */
export const ACCESS_COLUMNS = {
  record: 'uuid not null',
  originator: 'text not null',
  grant_key: 'integer not null',
  audience: 'bigint not null',
  shield: 'bigint not null',
  purposes: 'bigint not null',
  classification: 'smallint not null',
  not_before: 'timestamptz',
  review_by: 'timestamptz not null',
  state: 'smallint not null',
  withheld: 'boolean not null',
} as const;

/** The access columns' values. Masks are bigints: as JSON they go as decimal strings. */
export interface AccessRow {
  record: string;
  originator: string;
  grant_key: number;
  audience: bigint;
  shield: bigint;
  purposes: bigint;
  classification: number;
  not_before: Date | null;
  review_by: Date;
  state: number;
  withheld: boolean;
}

/**
 * A record's access columns. Throws a RangeError when the originator has no bit: without it no grant could name its
 * records.
 */
export function accessRow(id: string, record: AccessRecord, bits: MemberBits): AccessRow {
  return {
    record: id,
    originator: record.originator,
    grant_key: grantKey(bits.get(record.originator) ?? NaN, record.category),
    audience: memberMask(record.audience, bits),
    shield: memberMask(record.shield, bits),
    purposes: purposeMask(record.purposes),
    classification: classificationIndex(record.classification),
    not_before: record.notBefore === null ? null : new Date(record.notBefore),
    review_by: new Date(record.reviewBy),
    state: stateIndex(record.state),
    withheld: record.withheld,
  };
}
