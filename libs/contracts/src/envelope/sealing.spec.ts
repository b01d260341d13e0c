import { describe, expect, it } from '@jest/globals';
import { newKey, open, seal, SealBroken } from './index.ts';
import { sealWith } from './sealing.ts';
import { EVENT, RECORD } from './testing/example.ts';

const KEY = Uint8Array.from({ length: 32 }, (_, index) => index);
const IV = Uint8Array.from({ length: 12 }, (_, index) => 100 + index);
const TEXT = '{"shield":["al"],"content":{"title":"Varka për Kanalin, Дебар"}}';
// Made with another implementation too (Python cryptography). Content that is already stored must stay readable for ever.
const SEALED =
  'ZGVmZ2hpamtsbW5vMzmtDhCMOvocWATKuwlIoG7gZWXlGJYc0/OWM9nXzDz4jGL6bkT6dpaSWE8+6bjvUDr2hkwjLwTaITgGWlEUWrhdWyyrNrJverXV5psioDtyfb/6UAQ=';

function changed(sealed: string, at: number): string {
  const bytes = Buffer.from(sealed, 'base64');
  bytes[at]! ^= 1;
  return bytes.toString('base64');
}

describe('sealed content', () => {
  it('is the same bytes for ever', () => {
    expect(sealWith(IV, { key: KEY, record: RECORD, eventId: EVENT, text: TEXT })).toBe(SEALED);
    expect(open(KEY, RECORD, EVENT, SEALED)).toBe(TEXT);
  });

  it('opens with its key, and is never twice the same', () => {
    const key = newKey();
    const sealed = seal(key, RECORD, EVENT, TEXT);
    expect(open(key, RECORD, EVENT, sealed)).toBe(TEXT);
    expect(seal(key, RECORD, EVENT, TEXT)).not.toBe(sealed);
    expect(open(key, RECORD, EVENT, seal(key, RECORD, EVENT, ''))).toBe('');
  });

  it('does not open under another key, record or event, nor when changed, and tells nothing', () => {
    const attempts: Array<() => string> = [
      () => open(newKey(), RECORD, EVENT, SEALED),
      () => open(KEY, EVENT, EVENT, SEALED),
      () => open(KEY, RECORD, RECORD, SEALED),
      () => open(KEY, RECORD, EVENT, changed(SEALED, 0)),
      () => open(KEY, RECORD, EVENT, changed(SEALED, 20)),
      () => open(KEY, RECORD, EVENT, changed(SEALED, Buffer.from(SEALED, 'base64').length - 1)),
      () => open(KEY, RECORD, EVENT, ''),
      () => open(KEY, RECORD, EVENT, SEALED.slice(0, 20)),
      () => open(KEY.subarray(1), RECORD, EVENT, SEALED),
    ];
    for (const attempt of attempts) expect(attempt).toThrow(new SealBroken());
  });
});
