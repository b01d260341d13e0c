import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { entityId, isUuid, KeyedHash, parseEntityId, uuidv7, uuidv8 } from './index.ts';

/** Version 8 from length-prefixed bytes, step by step. */
const slowUuidv8 = (...parts: string[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(part));
    hash.update(length).update(part, 'utf8');
  }
  const bytes = hash.digest().subarray(0, 16);
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

describe('ids', () => {
  it('writes version 7 as RFC 9562 shows it', () => {
    const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
    expect(uuidv7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('makes different version 7 ids in the same millisecond', () => {
    const ids = Array.from({ length: 5000 }, () => uuidv7(1_750_000_000_000));
    expect(new Set(ids).size).toBe(5000);
    expect(ids.every(isUuid)).toBe(true);
  });

  it('derives version 8 from its parts alone', () => {
    expect(uuidv8('GB', 'report', 'NCA-1')).toBe(uuidv8('GB', 'report', 'NCA-1'));
    expect(uuidv8('GB', 'report', 'NCA-1')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(uuidv8('GB', 'report', 'NCA-1')).toBe('be4e1603-312c-8c4a-a7ee-fadbd10ba6e0');
  });

  it.each([1, 126, 127, 128, 200, 70_000])(
    'derives it from parts of any length and script, as of %i bytes',
    (length) => {
      for (const part of ['a'.repeat(length), 'Џ'.repeat(length / 2), 'é\u0000😀\ud800'.repeat(length / 10)]) {
        expect(uuidv8('GB', part)).toBe(slowUuidv8('GB', part));
        expect(uuidv8(part, 'x', part)).toBe(slowUuidv8(part, 'x', part));
      }
    },
  );

  it('tells where a part ends', () => {
    expect(uuidv8('ab', 'c')).not.toBe(uuidv8('a', 'bc'));
    expect(uuidv8('a')).not.toBe(uuidv8('a', ''));
  });

  it('reads a global entity id, and nothing that only looks like one', () => {
    const uuid = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';
    expect(parseEntityId(entityId('GB', uuid))).toEqual({ member: 'GB', uuid });
    for (const id of [
      'p1',
      'GB',
      'gb:' + uuid,
      'GB:' + uuid.toUpperCase(),
      'GB:' + uuid + ' ',
      'GBR:' + uuid,
      'GB-' + uuid,
    ]) {
      expect(parseEntityId(id)).toBeNull();
    }
  });
});

describe('a keyed hash', () => {
  it.each([0, 1, 32, 63, 64, 65, 200])('is HMAC-SHA256, with a key of %i bytes', (bytes) => {
    const key = Buffer.alloc(bytes, 0xa7);
    const keyed = new KeyedHash(key);
    for (const text of ['', 'one', 'Хоџа', '\ud800', 'x'.repeat(16 * 1024), 'ž'.repeat(10_000), 'after a long one']) {
      expect(keyed.of(text)).toBe(createHmac('sha256', key).update(text, 'utf8').digest('base64url'));
    }
  });
});
