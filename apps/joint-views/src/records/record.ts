import type { AccessAttributes, Category, Shield } from '#contracts';

/** A record as the joint views know it: what the access rule needs, before codes become masks. Times: RFC 3339, ms. */
export interface RecordState {
  record: string;
  originator: string;
  kind: string;
  category: Category;
  /** Mask over PURPOSES. */
  purposes: number;
  audience: readonly string[];
  taskforce: boolean;
  /** Index in CLASSIFICATIONS. */
  classification: number;
  handlingCodes: readonly string[];
  shield: Shield;
  notBefore: string | null;
  reviewBy: string;
  /** Index in RECORD_STATES. */
  state: number;
  withheld: boolean;
  releasedAt: string;
  updatedAt: string;
  version: number;
  /** The place of the record's last event in its source. */
  sequence: number;
  /** Whether some of what was said of it could not be read for want of its key. */
  unread: boolean;
  /** Whether something that was said of it is withdrawn since, so that it has to be made anew. */
  stale: boolean;
  /** Whether another member has published under its id, too. */
  contested: boolean;
}

/** What a row of a view's table holds; the table's spec gives the types. */
export type Row = Record<string, unknown>;
/** Rows of one record by table. */
export type Rows = Record<string, Row[]>;

export const RELEASED = 0;
export const RECALLED = 1;
export const EXPIRED = 2;
export const ERASED = 3;

interface Said {
  record: string;
  sequence: number;
  /** The event's id, which only its source and the joint views know. */
  event: string;
  /** The event's time, RFC 3339 with milliseconds. */
  at: string;
  /** The version that readers may know of; absent where an event has none. */
  version?: number;
  /** Its content could not be read for want of the record's key, which may come yet. */
  unread?: true;
}

/** What one event does to a record. */
export type Change = Said &
  (
    | {
        change: 'put';
        kind: string;
        /** Absent on what a member says of another's record: nobody else reads it as a record. */
        access: AccessAttributes | null;
        /** Null: the content can't be read, so its clear attributes stand and the record is withheld. */
        content: { shield: Shield; rows: Rows } | null;
      }
    /** More of a record that is there: its rows stay when the record is put again. Null: it can't be read. */
    | { change: 'add'; content: { shield: Shield; rows: Rows } | null }
    | { change: 'recall' }
    | { change: 'expire' }
    | { change: 'erase' }
    | { change: 'reshield'; shield: Shield | null }
    /** These members may see it from now on, beside those that may already; no reader notices. */
    | { change: 'extend'; audience: readonly string[] }
    /** Something is said of it that doesn't count, or something was said that nobody knows: withheld until put again. */
    | { change: 'doubt' }
    /** Verified, but of no use: its record is withheld. The reason holds no content. */
    | { change: 'poison'; reason: string }
  );

/** Members by their codes: these, or everybody but these. */
export interface Members {
  codes: readonly string[];
  allBut: boolean;
}

/** What could take a record from members that may have read it, and from whom it did: maybe from nobody. */
export interface Withdrawal {
  record: string;
  sequence: number;
  event: string;
  at: string;
  removed: Members;
}

export const isErased = (state: RecordState): boolean => state.state === ERASED;
