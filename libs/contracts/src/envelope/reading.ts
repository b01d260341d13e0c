import { checkAttributes, type Flat } from './attributes.ts';
import type { PlacedEnvelope } from './envelope.ts';
import { flatten, unflatten } from './flat.ts';
import { InvalidEnvelope } from './invalid.ts';
import { digest, MAX_SEQUENCE, takeApart, type Parts } from './placing.ts';

/**
 * Reads a text from the exchange: checks its form, every attribute and that it is written in the one canonical way, so
 * that no two readers can read it differently (a key given twice, an attribute nobody knows). Whether `previous` and the
 * signature are right is the caller's to judge: it knows the event before and the key. Throws InvalidEnvelope.
 */
export function readPlaced(text: string): PlacedEnvelope {
  if (!text.isWellFormed()) throw new InvalidEnvelope('not-json', null, 'The text is not Unicode');
  const parts = takeApart(text);
  const place = placeOf(parts);
  const { sequence, previous, ...flat } = parse(parts.unsigned);
  if (typeof sequence !== 'string' || typeof previous !== 'string') throw notCanonical();
  checkAttributes(flat);
  const envelope = unflatten(flat);
  if (JSON.stringify({ ...flatten(envelope), sequence, previous }) !== parts.unsigned) throw notCanonical();
  return { ...envelope, ...place, hash: digest(parts.unsigned), ...parts.signature };
}

function placeOf({ place }: Parts): { sequence: number; previous: string } {
  if (!place || place.sequence < 1 || place.sequence > MAX_SEQUENCE) {
    throw new InvalidEnvelope('not-placed', null, 'The text does not end in a sequence and the hash before it');
  }
  return place;
}

function parse(unsigned: string): Flat {
  let value: unknown;
  try {
    value = JSON.parse(unsigned);
  } catch {
    // The parser's own message quotes the text.
    throw new InvalidEnvelope('not-json', null, 'The text is not JSON');
  }
  return value as Flat;
}

function notCanonical(): InvalidEnvelope {
  return new InvalidEnvelope('not-canonical', null, 'The text is not written in the one form that an envelope has');
}
