import { readPlaced, verifySignature, ZERO_HASH, type PlacedEnvelope, type PublicJwk } from '#contracts';
import type { LogEntry } from '#exchange';

/** A key that signs the registry's events. */
export interface RegistryKey {
  kid: string;
  publicJwk: PublicJwk;
}

/** What the registry was heard to say of the members, and what of it isn't vouched for yet. */
export interface Heard {
  /** Of the last event that the registry's signature covers; 0 before the first. */
  sequence: number;
  hash: string;
  /** Where to read on after a restart: nothing that waits for its signature may be lost. */
  offset: number;
  /** State by code. */
  members: Readonly<Record<string, string>>;
  waiting: readonly Waiting[];
}

interface Waiting {
  sequence: number;
  hash: string;
  offset: number;
  code: string;
  state: string;
}

export const NOTHING_HEARD: Heard = { sequence: 0, hash: ZERO_HASH, offset: 0, members: {}, waiting: [] };

/** An entry that isn't the registry's word, at this offset. */
export type Doubt = (offset: number) => void;

/**
 * What is heard after some more entries of the log. Pure. An event counts once one at or after it is signed by the registry,
 * and each follows the one before it: else whoever runs the exchange could add to what `TASK_FORCE` means. What comes
 * again is passed over; after a hole nothing counts, until what is missing has come.
 */
export function hear(before: Heard, entries: readonly LogEntry[], keys: readonly RegistryKey[], doubt: Doubt): Heard {
  let heard = before;
  for (const entry of entries) {
    const after = hearOne(heard, entry, keys);
    if (!after) doubt(entry.offset);
    heard = after ?? heard;
    heard = { ...heard, offset: heard.waiting[0]?.offset ?? entry.offset + 1 };
  }
  return heard;
}

/** Null: it can't be the registry's word. */
function hearOne(heard: Heard, entry: LogEntry, keys: readonly RegistryKey[]): Heard | null {
  const envelope = read(entry);
  if (!envelope) return null;
  const waiting = taken(heard, envelope, entry.offset);
  if (!waiting) return null;
  if (envelope.signature === undefined || envelope.sequence <= heard.sequence) return { ...heard, waiting };
  const covered = waiting.filter(({ sequence }) => sequence <= envelope.sequence);
  if (covered.at(-1)?.sequence !== envelope.sequence) return heard;
  if (!isSigned(envelope, keys)) return null;
  const members = { ...heard.members, ...Object.fromEntries(covered.map(({ code, state }) => [code, state])) };
  const { sequence, hash } = envelope;
  return { ...heard, sequence, hash, members, waiting: waiting.slice(covered.length) };
}

/** What waits with this event among it, or as it is where this one came before or comes after a hole. Null: a lie. */
function taken(heard: Heard, { sequence, hash, previous, data }: PlacedEnvelope, offset: number) {
  const { waiting } = heard;
  const last = waiting.at(-1) ?? heard;
  const known = waiting.find((one) => one.sequence === sequence);
  if (known) return known.hash === hash ? waiting : null;
  if (sequence !== last.sequence + 1) return waiting;
  if (previous !== last.hash) return null;
  const { code, state } = data as { code: string; state: string };
  return [...waiting, { sequence, hash, offset, code, state }];
}

function read({ value }: LogEntry): PlacedEnvelope | null {
  try {
    const envelope = readPlaced(value);
    const { source, data } = envelope;
    return source === '/registry/members' && typeof data === 'object' && data !== null ? envelope : null;
  } catch {
    return null;
  }
}

function isSigned({ keyid, hash, signature }: PlacedEnvelope, keys: readonly RegistryKey[]): boolean {
  const key = keys.find(({ kid }) => kid === keyid);
  return key !== undefined && verifySignature(hash, signature!, key.publicJwk);
}
