import { hash } from 'node:crypto';
import { randomOf } from './random.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const RANDOM_BYTES = 10;
const LENGTH_BYTES = 4;

/** The 16 bytes in the usual writing, with version and variant set (RFC 9562). Changes `bytes`. */
function write(bytes: Buffer, version: 7 | 8): string {
  bytes[6] = (version << 4) | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A new id that sorts by time. `now`: milliseconds since the epoch; `random`: ten bytes, for tests that need the same id. */
export function uuidv7(now: number, random: Uint8Array = randomOf(RANDOM_BYTES)): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.set(random.subarray(0, RANDOM_BYTES), 6);
  return write(bytes, 7);
}

/**
 * An id derived from its sources: the same parts in the same order give the same id, everywhere and for ever. Parts are
 * length-prefixed, so ('ab', 'c') and ('a', 'bc') differ.
 */
export function uuidv8(...parts: string[]): string {
  const lengths = parts.map((part) => Buffer.byteLength(part));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + LENGTH_BYTES + length, 0));
  let at = 0;
  parts.forEach((part, n) => {
    at = bytes.writeUInt32BE(lengths[n]!, at);
    at += bytes.write(part, at, 'utf8');
  });
  return write(hash('sha256', bytes, 'buffer').subarray(0, 16), 8);
}

/** Whether a value is a UUID in lower case, of any version. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}
