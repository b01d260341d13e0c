import { hash } from 'node:crypto';
import { randomOf } from './random.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const RANDOM_BYTES = 10;
const LENGTH_BYTES = 4;
/** Longer parts have a length that is no single byte of UTF-8. */
const SHORT = 0x7f;

/** Hexadecimal digits in the usual writing, with version and variant set in their place (RFC 9562). */
function write(hex: string, version: 7 | 8): string {
  const variant = '89ab'[parseInt(hex.charAt(16), 16) & 3]!;
  const [low, mid, high] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16)];
  return `${low}-${mid}-${version}${high}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A new id that sorts by time. `now`: milliseconds since the epoch; `random`: ten bytes, for tests that need the same id. */
export function uuidv7(now: number, random: Uint8Array = randomOf(RANDOM_BYTES)): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.set(random.subarray(0, RANDOM_BYTES), 6);
  return write(bytes.toString('hex'), 7);
}

/**
 * An id derived from its sources: the same parts in the same order give the same id, everywhere and for ever. Parts are
 * length-prefixed, so ('ab', 'c') and ('a', 'bc') differ.
 */
export function uuidv8(...parts: string[]): string {
  return write(hash('sha256', prefixedText(parts) ?? prefixedBytes(parts), 'hex'), 8);
}

/** The parts as text whose UTF-8 has the lengths before them: hashing it takes a third of what bytes do. Null: too long. */
function prefixedText(parts: readonly string[]): string | null {
  let text = '';
  for (const part of parts) {
    const length = Buffer.byteLength(part);
    if (length > SHORT) return null;
    text += `\0\0\0${String.fromCharCode(length)}${part}`;
  }
  return text;
}

function prefixedBytes(parts: readonly string[]): Buffer {
  const lengths = parts.map((part) => Buffer.byteLength(part));
  const bytes = Buffer.alloc(lengths.reduce((sum, length) => sum + LENGTH_BYTES + length, 0));
  let at = 0;
  parts.forEach((part, n) => {
    at = bytes.writeUInt32BE(lengths[n]!, at);
    at += bytes.write(part, at, 'utf8');
  });
  return bytes;
}

/** Whether a value is a UUID in lower case, of any version. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}
