import type { MemberBits } from '#access-policy';
import type { Change } from './record.ts';
import type { View } from './view.ts';

/** The changes of one source's events, in their order. */
export interface ChangeSet {
  schema: string;
  views: readonly View[];
  source: string;
  originator: string;
  bits: MemberBits;
  changes: readonly Change[];
}
