import { describe, expect, it } from '@jest/globals';
import { draft, hashOf, newSigningKey, place, sign, thumbprint, verifySignature, ZERO_HASH } from './index.ts';
import { RELEASED, SIGNED_AGREEMENT, SIGNING_KEY } from './testing/example.ts';

// The wire format, checked once with another implementation (Python hashlib and cryptography). If one of these literals has to change, every stored hash chain breaks: make a new version instead.
const DRAFT =
  '{"specversion":"1.0","id":"01972f4e-0000-7000-8000-00000000000a","source":"/members/GB",' +
  '"type":"accord.intelligence.report-released.v1","subject":"01972f4e-0000-7000-8000-000000000001",' +
  '"time":"2025-06-01T10:00:00.000Z","dataschema":"urn:accord:schema:intelligence.report-released.v1",' +
  '"datacontenttype":"application/json","recordversion":1,"category":"intelligence",' +
  '"purposes":"people-smuggling,organised-crime","audience":"AL,XK","taskforce":false,"registrysequence":7,' +
  '"classification":"OFFICIAL-SENSITIVE","handlingcodes":"","releasedat":"2025-06-01T10:00:00.000Z",' +
  '"notbefore":"2025-06-02T00:00:00Z","reviewby":"2028-05-15","data_base64":"AAECAwQFBgcICQoL"}';
const AGREEMENT_DRAFT =
  '{"specversion":"1.0","id":"01972f4e-0000-7000-8000-00000000000a","source":"/registry/agreements",' +
  '"type":"accord.registry.agreement-signed.v1","subject":"01972f4e-0000-7000-8000-000000000001",' +
  '"time":"2025-06-01T10:00:00Z","dataschema":"urn:accord:schema:registry.agreement-signed.v1",' +
  '"datacontenttype":"application/json","data":{"by":"AL","title":"Marrëveshje \\"e re\\", Дебар"}}';
const PLACE = `,"sequence":"0000000000000001","previous":"${'0'.repeat(64)}"}`;
const HASH = '58fc00c7530474dc01fc47c3443f99c5625441cba12dffb3c5a8a00e7758e748';
const AGREEMENT_HASH = '0c508f28aa572ff3cfd7cb0e9e4175db268c65bfe045e1c9e84f71a67ca1c211';
const SIGNATURE = 'd5rnIYN8FBX3uHkzKE_z95PC9fJBGZ4yRt5D5bgDcJ79YWb3lq7sUc1UlRTtCvniVkhv7cPwAUqC3kovAvJ9DA';

describe('the text of an event', () => {
  it('is the same bytes for ever', () => {
    expect(draft(RELEASED)).toBe(DRAFT);
    expect(draft(SIGNED_AGREEMENT)).toBe(AGREEMENT_DRAFT);
  });

  it('gets a place at its end, and the hash of all that', () => {
    expect(place(DRAFT, 1, ZERO_HASH)).toEqual({ text: DRAFT.slice(0, -1) + PLACE, hash: HASH });
    expect(place(AGREEMENT_DRAFT, 1, ZERO_HASH).hash).toBe(AGREEMENT_HASH);
  });

  it('is signed over its hash, which does not change by that', () => {
    const { text, hash } = place(DRAFT, 1, ZERO_HASH);
    const signed = sign(text, hash, SIGNING_KEY.privateJwk, SIGNING_KEY.kid);
    expect(signed).toBe(`${text.slice(0, -1)},"keyid":"${SIGNING_KEY.kid}","signature":"${SIGNATURE}"}`);
    expect(hashOf(signed)).toBe(hash);
    expect(hashOf(text)).toBe(hash);
  });

  it('cuts the signature only where it ends the text', () => {
    const inData = draft({ ...SIGNED_AGREEMENT, data: { keyid: 'k', signature: 'A'.repeat(86) } });
    const { text, hash } = place(inData, 1, ZERO_HASH);
    expect(hashOf(text)).toBe(hash);
    expect(hashOf(sign(text, hash, SIGNING_KEY.privateJwk, 'k'))).toBe(hash);
  });

  it('has no place that is not one', () => {
    for (const sequence of [-1, 1.5, Number.NaN, 1e21])
      expect(() => place(DRAFT, sequence, ZERO_HASH)).toThrow('No place');
    for (const previous of ['', 'x'.repeat(64), '0'.repeat(63)])
      expect(() => place(DRAFT, 1, previous)).toThrow('No place');
  });
});

describe('a signature', () => {
  const { hash } = place(DRAFT, 1, ZERO_HASH);

  it('verifies for its hash and key alone', () => {
    expect(verifySignature(hash, SIGNATURE, SIGNING_KEY.publicJwk)).toBe(true);
    expect(verifySignature(AGREEMENT_HASH, SIGNATURE, SIGNING_KEY.publicJwk)).toBe(false);
    expect(verifySignature(hash, SIGNATURE, newSigningKey().publicJwk)).toBe(false);
  });

  it('is false, not an error, where nothing fits', () => {
    expect(verifySignature(hash, '', SIGNING_KEY.publicJwk)).toBe(false);
    expect(verifySignature('zz', SIGNATURE, SIGNING_KEY.publicJwk)).toBe(false);
    expect(verifySignature(hash, SIGNATURE, { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' })).toBe(false);
  });

  it('is made with a key named by its thumbprint', () => {
    expect(thumbprint(SIGNING_KEY.publicJwk)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
    const key = newSigningKey();
    expect(key.kid).toBe(thumbprint(key.publicJwk));
    expect(key.publicJwk).not.toHaveProperty('d');
    const { text } = place(DRAFT, 1, ZERO_HASH);
    expect(sign(text, hash, key.privateJwk, key.kid)).toContain(key.kid);
    expect(() => sign(text, hash, key.privateJwk, 'a"b')).toThrow('key id');
  });
});
