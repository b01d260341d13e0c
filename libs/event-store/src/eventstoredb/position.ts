import type { Position as LogPosition } from '@eventstore/db-client';
import type { Position } from '../port.ts';

/** What a server gives that doesn't know a position: -1 as an unsigned number. */
const UNKNOWN = 2n ** 64n - 1n;

/** Servers before 22.6 tell no positions with the events of a stream; none is given for those, and none taken back. */
export function toPosition(position: LogPosition | undefined): Position {
  if (!position || position.commit === UNKNOWN || position.prepare === UNKNOWN) return 'unknown';
  return `${position.commit}/${position.prepare}`;
}

/** Throws on what this store never gave. */
export function toLogPosition(position: Position): LogPosition {
  const match = /^(\d{1,19})\/(\d{1,19})$/.exec(position);
  if (!match) throw new Error(`Not a position of this event store: ${JSON.stringify(position)}`);
  return { commit: BigInt(match[1]!), prepare: BigInt(match[2]!) };
}

/** By commit, then by prepare: the order of the server's log. */
export function isAfter(one: LogPosition, other: LogPosition): boolean {
  return one.commit === other.commit ? one.prepare > other.prepare : one.commit > other.commit;
}
