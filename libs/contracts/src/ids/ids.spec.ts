import { describe, expect, it } from '@jest/globals';
import { entityId, isUuid, parseEntityId, uuidv7, uuidv8 } from './index.ts';

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
