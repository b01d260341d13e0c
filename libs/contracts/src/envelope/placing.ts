import { hash as oneHash, sign as signBytes, verify as verifyBytes } from 'node:crypto';
import { privateKeyOf, publicKeyOf, type PrivateJwk, type PublicJwk } from './signing-keys.ts';

/** `previous` of a source's first event. */
export const ZERO_HASH = '0'.repeat(64);

/** The sequences that fit their 16 digits and stay exact as numbers. */
export const MAX_SEQUENCE = Number.MAX_SAFE_INTEGER;

const PLACE = /,"sequence":"(\d{16})","previous":"([0-9a-f]{64})"\}$/;
const PLACE_LENGTH = 109;
// 64 bytes leave four bits of the last character unused: one text for each signature, so they are zero.
const SIGNATURE = /,"keyid":"([A-Za-z0-9._-]{1,128})","signature":"([A-Za-z0-9_-]{85}[AQgw])"\}$/;
const SIGNATURE_MAX_LENGTH = 243;

/** A text taken apart at its fixed ends. */
export interface Parts {
  /** Without the signature: what the hash covers. */
  unsigned: string;
  place: { sequence: number; previous: string } | null;
  signature: { keyid: string; signature: string } | null;
}

/** Gives a drafted text its place in its source. `sequence` counts from 1; `previous` is the hash before it. */
export function place(text: string, sequence: number, previous: string): { text: string; hash: string } {
  const digits = String(sequence).padStart(16, '0');
  const placed = `${text.slice(0, -1)},"sequence":"${digits}","previous":"${previous}"}`;
  if (!PLACE.test(placed.slice(-PLACE_LENGTH))) throw new Error(`No place: ${sequence} after ${previous}`);
  return { text: placed, hash: digest(placed) };
}

/** Signs a placed text's hash. The signature stands outside of what the hash covers, so placing again changes no hash. */
export function sign(text: string, hash: string, privateKey: PrivateJwk, kid: string): string {
  const signature = signBytes(null, Buffer.from(hash, 'hex'), privateKeyOf(privateKey)).toString('base64url');
  const signed = `${text.slice(0, -1)},"keyid":"${kid}","signature":"${signature}"}`;
  if (!SIGNATURE.test(signed.slice(-SIGNATURE_MAX_LENGTH))) throw new Error('The key id is not in its form');
  return signed;
}

/** The hash of a placed text, signed or not: SHA-256 of its UTF-8 bytes without the signature, hex. */
export function hashOf(text: string): string {
  return digest(takeApart(text).unsigned);
}

/** Whether the holder of the key signed this hash. False, never an error, for whatever isn't a signature or a key. */
export function verifySignature(hash: string, signature: string, publicJwk: PublicJwk): boolean {
  try {
    return verifyBytes(null, Buffer.from(hash, 'hex'), publicKeyOf(publicJwk), Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

/** Cuts the signature and reads the place, both by their fixed form at the text's end. */
export function takeApart(text: string): Parts {
  const signed = SIGNATURE.exec(text.slice(-SIGNATURE_MAX_LENGTH));
  const unsigned = signed ? `${text.slice(0, -signed[0].length)}}` : text;
  const placed = PLACE.exec(unsigned.slice(-PLACE_LENGTH));
  return {
    unsigned,
    place: placed && { sequence: Number(placed[1]), previous: placed[2]! },
    signature: signed && { keyid: signed[1]!, signature: signed[2]! },
  };
}

export function digest(text: string): string {
  return oneHash('sha256', text, 'hex');
}
