import type { Heartbeat } from './heartbeat.ts';

/** A reader's clock may be behind the registry's by as much. */
const CLOCK_SKEW_MS = 30_000;

/** How far a reader has applied a source. */
export interface AppliedTo {
  sequence: number;
  /** Of the event of this sequence, where it was applied; undefined where it can't be told. */
  hashAt(sequence: number): string | undefined;
}

/**
 * Until when, in milliseconds since the epoch, this reader's knowledge was current by a heartbeat; null where it says
 * nothing of that: of another source, of an event that was not applied or not so, or of a time that has not come.
 */
export function currentUntil(
  heartbeat: Heartbeat | null,
  source: string,
  applied: AppliedTo,
  now: number,
): number | null {
  if (heartbeat?.source !== source || heartbeat.sequence > applied.sequence) return null;
  if (heartbeat.hash !== applied.hashAt(heartbeat.sequence)) return null;
  const time = Date.parse(heartbeat.time);
  // One from the future is not believed: it would make knowledge young for as long as that clock is wrong.
  return time <= now + CLOCK_SKEW_MS ? Math.min(time, now) : null;
}
