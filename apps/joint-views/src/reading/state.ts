import { RECORD_STATES, type RecordState } from '#contracts';

/** A record's state now: one past its review date has expired, whether or not its node has said so yet. */
export const stateNow = (row: { state: number; review_by: Date }, now: number): RecordState => {
  const state = RECORD_STATES[row.state] ?? 'erased';
  return state === 'released' && row.review_by.getTime() <= now ? 'expired' : state;
};
