import type { Position } from '../port.ts';

/** The three columns that the order of all events stands on. */
export interface Place {
  epoch: number;
  txid: number | bigint;
  position: number;
}

export function toPosition({ epoch, txid, position }: Place): Position {
  return `${epoch}.${txid}.${position}`;
}

/** Null reads as before the first event. Throws on what this store never gave. */
export function toPlace(position: Position | null): Place {
  if (position === null) return { epoch: 0, txid: 0, position: 0 };
  const match = /^(\d{1,9})\.(\d{1,18})\.(\d{1,15})$/.exec(position);
  if (!match) throw new Error(`Not a position of this event store: ${JSON.stringify(position)}`);
  return { epoch: Number(match[1]), txid: BigInt(match[2]!), position: Number(match[3]) };
}
