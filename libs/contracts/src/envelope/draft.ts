import { checkAttributes } from './attributes.ts';
import type { Envelope } from './envelope.ts';
import { flatten } from './flat.ts';

/**
 * The envelope's one JSON text, still without a place: what the node stores with the fact that it releases. Access
 * attributes become top-level extension attributes, lists comma-separated. Throws InvalidEnvelope, so that nothing is
 * stored that a reader would refuse.
 */
export function draft(envelope: Envelope): string {
  const flat = flatten(envelope);
  checkAttributes(flat);
  return JSON.stringify(flat);
}
