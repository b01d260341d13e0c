import { verifySignature, type PlacedEnvelope, type PublicJwk } from '#contracts';
import type { Signature, SignatureCheck } from './chain.ts';

/** A key that signs a source's events: from a sequence on, and revoked from another on. */
export interface KnownKey {
  kid: string;
  jwk: PublicJwk;
  from: number;
  until: number | null;
}

/** The member's keys aren't those that the events were read by. Nothing was applied. */
export class KeysChanged extends Error {
  constructor() {
    super('A key was registered or revoked meanwhile');
    this.name = 'KeysChanged';
  }
}

/**
 * Whether an event's signature holds its source together up to here. A revoked key's does: what it signed from its
 * revocation on is withdrawn, event by event (see `withdrawnAmong`), but stands in the chain.
 */
export function checkSignature(envelope: PlacedEnvelope, keys: readonly KnownKey[]): SignatureCheck {
  const key = keys.find(({ kid }) => kid === envelope.keyid);
  if (!key) return 'unknown';
  if (envelope.sequence < key.from) return 'wrong';
  return verifySignature(envelope.hash, envelope.signature!, key.jwk) ? 'valid' : 'wrong';
}

/** Of these events in their order, those whose key had been revoked from a sequence before them, or from their own. */
export function withdrawnAmong(
  events: readonly { sequence: number }[],
  signatures: readonly Signature[],
  keys: readonly KnownKey[],
): Set<number> {
  const withdrawn = new Set<number>();
  if (keys.every(({ until }) => until === null)) return withdrawn;
  let n = 0;
  for (const { sequence } of events) {
    while (n < signatures.length && signatures[n]!.sequence < sequence) n += 1;
    if (isRevokedAt(sequence, signatures[n]?.keyid, keys)) withdrawn.add(sequence);
  }
  return withdrawn;
}

export function isRevokedAt(sequence: number, keyid: string | undefined, keys: readonly KnownKey[]): boolean {
  const until = keys.find(({ kid }) => kid === keyid)?.until ?? null;
  return until !== null && sequence >= until;
}
