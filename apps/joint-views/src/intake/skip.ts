import type { Change } from '../records/record.ts';
import type { Place } from './chain.ts';

/** Why a record is poison that the operator has passed over. */
export const SKIPPED = 'skipped';

/** An operator's decision on a quarantined source: what stands after `after` is passed over, up to this place. */
export interface Skip {
  source: string;
  after: number;
  place: Place;
  /** The records of the events passed over, where they could be read. */
  skipped: readonly { sequence: number; record: string }[];
  /** Where entries stand in the log that aren't to be looked at: what could not be read, and what was passed over. */
  ignored: readonly number[];
  /** What is passed over isn't all there, byte for byte: it may have been about any record. */
  unknown: boolean;
}

/** What passing over comes to for the records that it was about; where that isn't known, for all of `records`. */
export const skippedChanges = ({ skipped, unknown, place }: Skip, records: readonly string[]): Change[] => [
  ...skipped.map(({ sequence, record }): Change => ({ ...told(sequence, record), change: 'poison', reason: SKIPPED })),
  ...records.filter(() => unknown).map((record): Change => ({ ...told(place.sequence, record), change: 'doubt' })),
];

// Id and time of a skipped event are as little to be believed as the rest of it, and aren't used.
const told = (sequence: number, record: string) => ({ sequence, record, event: '', at: '' });
