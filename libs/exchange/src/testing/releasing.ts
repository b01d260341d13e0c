import {
  draft,
  hashOf,
  readPlaced,
  uuidv8,
  verifySignature,
  ZERO_HASH,
  type Envelope,
  type PublicJwk,
} from '#contracts';
import type { EventStore, NewEvent } from '#event-store';
import { readUntil } from '#event-store/testing';
import type { LogEntry } from '../port.ts';

export const SOURCE = '/members/GB';

function envelope(number: number): Envelope {
  return {
    specversion: '1.0',
    id: uuidv8('event', String(number)),
    source: SOURCE,
    type: 'accord.records.record-recalled.v1',
    // Some records are spoken of more than once.
    subject: uuidv8('record', String(number % 7)),
    time: '2025-06-01T10:00:00.000Z',
    dataschema: 'urn:accord:schema:records.record-recalled.v1',
    datacontenttype: 'application/json',
    data_base64: Buffer.from(`sealed ${number}`).toString('base64'),
  };
}

/** The event that releases envelope `number`; `change` spoils what it publishes. */
export function releasing(number: number, change: (publish: string) => string = (publish) => publish): NewEvent {
  const { id } = envelope(number);
  const meta = { actor: 'arta.shembulli', at: '2025-06-01T10:00:00.000Z' };
  return { id, type: 'recalled.v1', data: {}, meta, publish: change(draft(envelope(number))) };
}

/**
 * Appends the releases `from`…`to`, each in a stream of its own, with private events between. Resolves when a relay reads
 * all of them, so that how they fall into batches is no chance.
 */
export async function release(store: EventStore, from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number += 1) {
    const kept = { ...releasing(-number), type: 'drafted.v1', publish: undefined };
    await store.append(`record-${number}`, 'no-stream', [kept, releasing(number)]);
  }
  const released = await store.countPublished(null);
  await readUntil(released, () => store.readPublished(null, released));
}

export function idOf(number: number): string {
  return uuidv8('event', String(number));
}

export function recordOf(number: number): string {
  return uuidv8('record', String(number % 7));
}

/**
 * Reads a topic as a distrustful reader does: the ids from sequence 1 on, without holes, each after its `previous`. An
 * event may come again, with the same bytes but for the signature. Throws where that isn't so.
 */
export function readChain(entries: readonly LogEntry[], key: PublicJwk): string[] {
  const hashes = [ZERO_HASH];
  const ids: string[] = [];
  let signedUpTo = 0;
  for (const { value, key: record } of entries) {
    const event = readPlaced(value);
    if (event.sequence > hashes.length) throw new Error(`A hole before ${event.sequence}`);
    if (event.previous !== hashes[event.sequence - 1]) throw new Error(`Another past at ${event.sequence}`);
    hashes[event.sequence] ??= event.hash;
    if (hashes[event.sequence] !== hashOf(value)) throw new Error(`Other bytes at ${event.sequence}`);
    if (event.subject !== record) throw new Error(`Another key at ${event.sequence}`);
    ids[event.sequence - 1] = event.id;
    signedUpTo = Math.max(signedUpTo, signed(event, key));
  }
  if (signedUpTo !== ids.length) throw new Error(`Signed up to ${signedUpTo} of ${ids.length}`);
  return ids;
}

function signed(event: { sequence: number; hash: string; signature?: string }, key: PublicJwk): number {
  if (event.signature === undefined) return 0;
  if (!verifySignature(event.hash, event.signature, key)) throw new Error(`A false signature at ${event.sequence}`);
  return event.sequence;
}
