import { place, readPlaced, sign, type PlacedEnvelope, type SigningKey } from '#contracts';
import type { Position, PublishedEvent } from '#event-store';
import { reasonOf } from '../log.ts';
import type { Message } from '../port.ts';
import { Halt } from '../waiting.ts';

/** How far a source has been relayed. */
export interface Place {
  /** Of the last event on the topic; 0 before the first. */
  sequence: number;
  /** Its hash. */
  hash: string;
  /** Where the store has it; null before the first. */
  position: Position | null;
}

export interface PlacedBatch {
  messages: Message[];
  /** Every record that it speaks of, once. */
  records: string[];
  /** The place after it. */
  end: Place;
}

/** Puts events on a source's chain, and signs the last. Throws Halt for an event that readers would refuse. */
export function placeBatch(
  source: string,
  start: Place,
  events: readonly PublishedEvent[],
  { kid, privateJwk }: SigningKey,
): PlacedBatch {
  const messages: Message[] = [];
  let end = start;
  for (const event of events) {
    const { text, hash } = place(event.publish, end.sequence + 1, end.hash);
    messages.push({ key: checked(source, event, text).subject, value: text });
    end = { sequence: end.sequence + 1, hash, position: event.position };
  }
  const last = messages.at(-1)!;
  last.value = sign(last.value, end.hash, privateJwk, kid);
  return { messages, records: [...new Set(messages.map(({ key }) => key))], end };
}

function checked(source: string, event: PublishedEvent, text: string): PlacedEnvelope {
  let envelope: PlacedEnvelope;
  try {
    envelope = readPlaced(text);
  } catch (error) {
    throw new Halt(`Event ${event.id} cannot be relayed: ${reasonOf(error)}`);
  }
  if (envelope.id !== event.id) throw new Halt(`Event ${event.id} cannot be relayed: it publishes ${envelope.id}`);
  if (envelope.source !== source) throw new Halt(`Event ${event.id} cannot be relayed: it is of ${envelope.source}`);
  return envelope;
}
