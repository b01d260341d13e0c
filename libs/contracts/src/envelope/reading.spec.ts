import { describe, expect, it } from '@jest/globals';
import { draft, InvalidEnvelope, place, readPlaced, sign, ZERO_HASH, type Envelope } from './index.ts';
import { RELEASED, SIGNED_AGREEMENT, SIGNING_KEY } from './testing/example.ts';

const TEXT = draft(RELEASED);

function placed(text: string): string {
  return place(text, 1, ZERO_HASH).text;
}

/** `reason` or `reason:attribute` of the refusal; the read envelope's id otherwise. */
function verdict(text: string): string {
  try {
    return readPlaced(text).id;
  } catch (error) {
    if (!(error instanceof InvalidEnvelope)) throw error;
    return error.attribute ? `${error.reason}:${error.attribute}` : error.reason;
  }
}

describe('reading a placed event', () => {
  it('gives back what was drafted, with its place', () => {
    const { text, hash } = place(TEXT, 812, 'ab'.repeat(32));
    expect(readPlaced(text)).toEqual({ ...RELEASED, sequence: 812, previous: 'ab'.repeat(32), hash });
    expect(readPlaced(placed(draft(SIGNED_AGREEMENT)))).toMatchObject(SIGNED_AGREEMENT);
  });

  it('gives the signature where there is one', () => {
    const { text, hash } = place(TEXT, 1, ZERO_HASH);
    const { kid, privateJwk } = SIGNING_KEY;
    expect(readPlaced(sign(text, hash, privateJwk, kid))).toMatchObject({
      hash,
      keyid: kid,
      signature: expect.any(String),
    });
  });

  it('refuses what is no placed event', () => {
    expect(verdict(TEXT)).toBe('not-placed');
    expect(verdict('')).toBe('not-placed');
    expect(verdict('null')).toBe('not-placed');
    expect(verdict(place(TEXT, 0, ZERO_HASH).text)).toBe('not-placed');
    expect(verdict(placed(TEXT).replace('0000000000000001', '9999999999999999'))).toBe('not-placed');
    expect(verdict(placed('{"a":{}'))).toBe('not-json');
    expect(verdict(placed(TEXT).replace('GB', '\ud800'))).toBe('not-json');
  });

  it('refuses a second way to write the same', () => {
    const twice = TEXT.replace('"audience":"AL,XK"', '"audience":"AL,XK,MK","audience":"AL,XK"');
    const swapped = TEXT.replace('"specversion":"1.0",', '').replace('"time":', '"specversion":"1.0","time":');
    const escaped = TEXT.replace('"AL,XK"', '"\\u0041L,XK"');
    for (const text of [twice, swapped, escaped, ` ${TEXT}`, TEXT.replace(':', ': ')]) {
      expect(verdict(placed(text))).toBe('not-canonical');
    }
    expect(verdict(placed(TEXT.replace('"time":', `"sequence":"0000000000000001","time":`)))).toBe('not-canonical');
  });

  it.each<[string, string, string]>([
    ['specversion', '"1.0"', '"0.3"'],
    ['id', '"01972f4e-0000-7000-8000-00000000000a"', '"01972F4E-0000-7000-8000-00000000000A"'],
    ['source', '"/members/GB"', '"/members/gb"'],
    ['source', '"/members/GB"', '["/members/GB"]'],
    ['type', '"accord.intelligence.report-released.v1"', '"accord.intelligence.report-released"'],
    ['subject', '"01972f4e-0000-7000-8000-000000000001"', '"report"'],
    ['time', '"2025-06-01T10:00:00.000Z"', '"2025-02-30T10:00:00.000Z"'],
    ['time', '"2025-06-01T10:00:00.000Z"', '"2025-06-01T10:00:00.000+02:00"'],
    ['datacontenttype', '"application/json"', '"json"'],
    ['recordversion', '"recordversion":1', '"recordversion":0'],
    ['recordversion', '"recordversion":1', '"recordversion":null'],
    ['category', '"category":"intelligence"', '"category":"gossip"'],
    ['category', '"category":"intelligence",', ''],
    ['purposes', '"people-smuggling,organised-crime"', '""'],
    ['purposes', '"people-smuggling,organised-crime"', '"people-smuggling,people-smuggling"'],
    ['purposes', '"people-smuggling,organised-crime"', '"people-smuggling, organised-crime"'],
    ['audience', '"AL,XK"', '["AL","XK"]'],
    ['audience', '"AL,XK"', '"AL,,XK"'],
    ['taskforce', '"taskforce":false', '"taskforce":"false"'],
    ['registrysequence', '"registrysequence":7', '"registrysequence":2147483648'],
    ['classification', '"OFFICIAL-SENSITIVE"', '"TOP SECRET"'],
    ['handlingcodes', '"handlingcodes":""', '"handlingcodes":"H4"'],
    ['releasedat', '"releasedat":"2025-06-01T10:00:00.000Z"', '"releasedat":"yesterday"'],
    ['notbefore', '"2025-06-02T00:00:00Z"', 'null'],
    ['reviewby', '"2028-05-15"', '"2028-05-32"'],
    ['reviewby', ',"reviewby":"2028-05-15"', ''],
    ['data_base64', '"AAECAwQFBgcICQoL"', '"AAECAwQFBgcICQo"'],
    ['data', '"data_base64":"AAECAwQFBgcICQoL"', '"data":{}'],
    ['priority', '"taskforce"', '"priority":1,"taskforce"'],
    ['__proto__', '"taskforce"', '"__proto__":{"category":"dna"},"taskforce"'],
  ])('refuses a bad %s: %s as %s', (attribute, good, bad) => {
    const text = TEXT.replace(good, bad);
    expect(text).not.toBe(TEXT);
    expect(verdict(placed(text))).toBe(`attribute:${attribute}`);
  });

  it('refuses the same when it is drafted', () => {
    const wrong: Array<Partial<Envelope>> = [
      { subject: 'report' },
      { data: { open: true } },
      { access: { ...RELEASED.access!, audience: ['AL,XK'] } },
      { access: { ...RELEASED.access!, purposes: [] } },
    ];
    for (const change of wrong) expect(() => draft({ ...RELEASED, ...change })).toThrow(InvalidEnvelope);
    expect(() => draft({ ...SIGNED_AGREEMENT, data_base64: 'AAAA' })).toThrow('twice');
  });

  it('quotes nothing of the content in its refusal', () => {
    for (const text of [
      placed(TEXT.replace('"data_base64"', '"data":"secret","data_base64"')),
      placed('{"x":"secret",'),
    ]) {
      expect(() => readPlaced(text)).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining('secret') }),
      );
    }
  });
});
