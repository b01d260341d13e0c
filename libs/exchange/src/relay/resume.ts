import { readPlaced, sign, verifySignature, ZERO_HASH, type PlacedEnvelope, type SigningKey } from '#contracts';
import type { EventStore, Position } from '#event-store';
import { reasonOf } from '../log.ts';
import type { Exchange, LogEntry } from '../port.ts';
import { Halt } from '../waiting.ts';
import type { Place } from './batch.ts';

interface Ends {
  source: string;
  store: EventStore;
  exchange: Exchange;
  signingKey: SigningKey;
}

/**
 * Where to go on: the topic's tail is the one checkpoint, so what was appended and what is remembered can't differ.
 * Throws Halt where the tail isn't what this store would have said: then either is another's, or older than the other.
 */
export async function resume({ source, store, exchange, signingKey }: Ends): Promise<Place> {
  const tail = await exchange.tail(source);
  if (!tail) return { sequence: 0, hash: ZERO_HASH, position: null };
  const envelope = readTail(source, tail, signingKey);
  const position = await store.find(envelope.id);
  if (position === null) throw new Halt(`The tail of ${source}, event ${envelope.id}, is not in this store`);
  await checkSequence(store, position, envelope);
  if (!envelope.signature) await signTail(exchange, tail, envelope, signingKey);
  return { sequence: envelope.sequence, hash: envelope.hash, position };
}

function readTail(source: string, tail: LogEntry, { kid, publicJwk }: SigningKey): PlacedEnvelope {
  let envelope: PlacedEnvelope;
  try {
    envelope = readPlaced(tail.value);
  } catch (error) {
    throw new Halt(`The tail of ${source} cannot be read: ${reasonOf(error)}`);
  }
  const { hash, keyid, signature } = envelope;
  if (envelope.source !== source) throw new Halt(`The tail of ${source} is of ${envelope.source}`);
  if (keyid === kid && !verifySignature(hash, signature!, publicJwk)) {
    throw new Halt(`The tail of ${source} has been changed: its signature is wrong`);
  }
  return envelope;
}

/** A store restored from an old copy, or a topic that lost entries, must not go unnoticed: it would fork the chain. */
async function checkSequence(store: EventStore, position: Position, { sequence, id }: PlacedEnvelope): Promise<void> {
  // Counted on both sides of the total, because events may be appended in between.
  const afterAtFirst = await store.countPublished(position);
  const total = await store.countPublished(null);
  const afterAtLast = await store.countPublished(position);
  if (sequence < total - afterAtLast || sequence > total - afterAtFirst) {
    throw new Halt(
      `Event ${id} has sequence ${sequence} on the topic, but is number ${total - afterAtLast} in the store`,
    );
  }
}

/** A batch that a broker cut in two would wait for a signature until the next one comes. */
async function signTail(exchange: Exchange, tail: LogEntry, envelope: PlacedEnvelope, key: SigningKey): Promise<void> {
  const value = sign(tail.value, envelope.hash, key.privateJwk, key.kid);
  await exchange.append(envelope.source, [{ key: tail.key, value }]);
}
