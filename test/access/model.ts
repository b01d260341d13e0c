import type { AccessRecord, Viewer } from '#access-policy';

export interface WorldMember {
  code: string;
  bit: number;
  state: string;
}

export interface WorldRecord extends AccessRecord {
  id: string;
}

/** A viewer, and when it asks. */
export interface Asking {
  viewer: Viewer;
  now: number;
}
