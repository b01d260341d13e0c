import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RegistryHarness, type CallOptions } from './testing/harness.ts';

/** What is wrong, and the place and rule that the answer must name. */
type Row = [what: string, body: unknown, error: string];

const member = { code: 'ME', name: 'Montenegro', contact: 'Accord desk Podgorica' };
const terms = {
  title: 'Document fraud',
  parties: ['GB', 'AL'],
  categories: ['document'],
  purposes: ['document-fraud'],
  validFrom: '2025-01-01',
  onward: false,
};
const x = 'A'.repeat(43);
const key = { kty: 'OKP', crv: 'Ed25519', x, kid: 'me-1' };
const keys = { issuer: 'urn:test:issuer:ME', jwks: { keys: [key] }, signingKey: key, proof: 'x.y.z' };

const shapes: [path: string, valid: object][] = [
  ['/v1/members', member],
  ['/v1/members/ME/approve', {}],
  ['/v1/members/GB/keys', keys],
  ['/v1/members/GB/conformance', { run: 'r' }],
  ['/v1/members/GB/activate', {}],
  ['/v1/members/ME/suspend', {}],
  ['/v1/members/ME/reinstate', {}],
  ['/v1/members/GB/withdraw', {}],
  ['/v1/agreements', terms],
  ['/v1/agreements/x/sign', {}],
  ['/v1/agreements/x/suspend', {}],
  ['/v1/agreements/x/resume', {}],
  ['/v1/agreements/x/terminate', {}],
];

describe('bad input to the registry', () => {
  let registry: RegistryHarness;
  let before: number;
  beforeAll(async () => {
    registry = await RegistryHarness.start();
    before = await registry.stored();
  });
  afterAll(() => registry.stop());

  const post = async (path: string, options: CallOptions) =>
    registry.call('POST', path, { as: await registry.admin('GB'), ...options });
  const refused = async (path: string, options: CallOptions, status: number, error: string) => {
    const reply = await post(path, options);
    const named = (reply.body.errors ?? []).map((e: { path: string; rule: string }) => `${e.path} ${e.rule}`);
    expect({ status: reply.status, named }).toEqual({ status, named: expect.arrayContaining([error]) });
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(reply.text).not.toMatch(/\bat .*\.ts:|node_modules/);
    expect(await registry.stored()).toBe(before);
  };

  describe.each(shapes)('of any kind at %s', (path, valid) => {
    const text = JSON.stringify(valid);
    const rows: [string, string | Uint8Array, string][] = [
      ['no JSON', '{"not json', ' json'],
      ['nothing', '', ' required'],
      ['a byte order mark', `\ufeff${text}`, ' no-bom'],
      ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), ' utf-8'],
      ['a field twice', `{"a":1,"a":2}`, '/a duplicate-key'],
      ['a field of the prototype', `{"__proto__":{"admin":true}}`, '/__proto__ forbidden-key'],
      ['half a surrogate pair', `{"reason":"\\ud800"}`, '/reason well-formed'],
      ['an unknown field', JSON.stringify({ ...valid, surprise: 1 }), '/surprise unknown-field'],
      ['a list', `[${text}]`, ' type'],
      ['null', 'null', ' type'],
      ['a text', '"text"', ' type'],
      ['a number', '7', ' type'],
    ];
    it.each(rows)('%s', (_, raw, error) => refused(path, { raw }, 400, error));

    it('a huge body', async () => {
      const reply = await post(path, { raw: JSON.stringify({ reason: 'x'.repeat(300_000) }) });
      expect(reply).toMatchObject({ status: 413, body: { code: 'too-large' } });
    });

    it('another media type', async () => {
      const reply = await post(path, { raw: text, headers: { 'content-type': 'text/plain' } });
      expect(reply).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } });
    });

    it('bad headers', async () => {
      await refused(
        path,
        { body: valid, headers: { 'idempotency-key': 'two words' } },
        400,
        '/headers/idempotency-key header',
      );
      await refused(path, { body: valid, headers: { 'if-match': '3' } }, 400, '/headers/if-match header');
    });

    it('no token, a forged one, one that has expired, a role that is not enough', async () => {
      const forged = `${(await registry.admin('GB')).slice(0, -4)}AAAA`;
      const expired = await registry.token('GB', ['admin'], { exp: 1_000_000_000 });
      const unknown = await registry.admin('MK');
      for (const as of [undefined, 'x', forged, expired, unknown]) {
        const reply = await registry.call('POST', path, { as, raw: '{' });
        expect(reply).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      }
      const analyst = await registry.token('GB', ['analyst', 'supervisor', 'publisher', 'auditor']);
      const operator = await registry.token('task-force', ['operator']);
      for (const as of [analyst, operator]) {
        expect(await registry.call('POST', path, { as, raw: '{' })).toMatchObject({
          status: 403,
          body: { code: 'forbidden' },
        });
      }
    });
  });

  const wrongMembers: Row[] = [
    ['no code', { ...member, code: undefined }, '/code isString'],
    ['a code in small letters', { ...member, code: 'me' }, '/code countryCode'],
    ['no country', { ...member, code: 'QQ' }, '/code countryCode'],
    ['a code with more', { ...member, code: 'ME ' }, '/code countryCode'],
    ['a blank name', { ...member, name: ' ' }, '/name matches'],
    ['a name that is too long', { ...member, name: 'x'.repeat(201) }, '/name maxLength'],
    ['no contact', { ...member, contact: null }, '/contact isString'],
    ['a list for a name', { ...member, name: ['x'] }, '/name isString'],
  ];
  it.each(wrongMembers)('a member with %s', (_, body, error) => refused('/v1/members', { body }, 400, error));

  const wrongTerms: Row[] = [
    ['a blank title', { ...terms, title: '\n' }, '/title matches'],
    ['one party', { ...terms, parties: ['GB'] }, '/parties arrayMinSize'],
    ['a party twice', { ...terms, parties: ['GB', 'GB'] }, '/parties arrayUnique'],
    ['parties that are no list', { ...terms, parties: 'GB,AL' }, '/parties isArray'],
    ['a party that is no code', { ...terms, parties: ['GB', 7] }, '/parties matches'],
    ['no category', { ...terms, categories: [] }, '/categories arrayMinSize'],
    ['an unknown category', { ...terms, categories: ['rumour'] }, '/categories isIn'],
    ['an unknown purpose', { ...terms, purposes: ['curiosity'] }, '/purposes isIn'],
    ['a day that does not exist', { ...terms, validFrom: '2025-02-30' }, '/validFrom dateOrInstant'],
    ['a time with an offset', { ...terms, validFrom: '2025-01-01T00:00:00+02:00' }, '/validFrom dateOrInstant'],
    ['a number for a day', { ...terms, validTo: 20250101 }, '/validTo dateOrInstant'],
    ['no onward rule', { ...terms, onward: undefined }, '/onward isBoolean'],
    ['a text for it', { ...terms, onward: 'false' }, '/onward isBoolean'],
  ];
  it.each(wrongTerms)('an agreement with %s', (_, body, error) => refused('/v1/agreements', { body }, 400, error));

  const brokenTerms: Row[] = [
    ['a party that is no member', { ...terms, parties: ['GB', 'RS'] }, '/parties/1 known'],
    ['others as parties', { ...terms, parties: ['AL', 'XK'] }, '/parties own'],
    ['an end before its beginning', { ...terms, validTo: '2024-12-31' }, '/validTo after'],
  ];
  it.each(brokenTerms)('an agreement with %s', (_, body, error) => refused('/v1/agreements', { body }, 422, error));

  const wrongKeys: Row[] = [
    ['no issuer', { ...keys, issuer: undefined }, '/issuer matches'],
    ['an issuer over plain http', { ...keys, issuer: 'http://example.org' }, '/issuer https'],
    ['no keys', { ...keys, jwks: { keys: [] } }, '/jwks/keys arrayMinSize'],
    ['a key set that is a list', { ...keys, jwks: [key] }, '/jwks isObject'],
    ['a private key', { ...keys, signingKey: { ...key, d: x } }, '/signingKey/d unknown-field'],
    [
      'a private key among the tokens’',
      { ...keys, jwks: { keys: [{ ...key, d: x }] } },
      '/jwks/keys/0/d unknown-field',
    ],
    ['an RSA key', { ...keys, signingKey: { ...key, kty: 'RSA' } }, '/signingKey/kty equals'],
    ['a key id with a space', { ...keys, signingKey: { ...key, kid: 'a b' } }, '/signingKey/kid matches'],
    ['a sequence of zero', { ...keys, from: 0 }, '/from min'],
    ['no proof', { ...keys, proof: 1 }, '/proof isString'],
  ];
  it.each(wrongKeys)('keys with %s', (_, body, error) => refused('/v1/members/GB/keys', { body }, 400, error));
  it('keys with a proof of nothing', () => refused('/v1/members/GB/keys', { body: keys }, 422, '/proof proof'));

  it.each([
    ['/v1/members?limit=0', 400],
    ['/v1/members?limit=501', 400],
    ['/v1/members?limit=x', 400],
    ['/v1/members?cursor=x', 400],
    ['/v1/members?surprise=1', 400],
    ['/v1/members/GB/history?cursor=W10', 400],
    ['/v1/agreements?cursor=x', 400],
    ['/v1/members/QQ', 404],
    ['/v1/members/QQ/history', 404],
    ['/v1/members/__proto__', 404],
    ['/v1/agreements/constructor', 404],
    ['/v1/members/%00', 404],
    ['/v1/agreements/%00', 404],
    ['/v1/nothing', 404],
  ])('GET %s answers %i', async (path, status) => {
    const reply = await registry.read('GB', path);
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
  });

  it.each(['sign', 'suspend', 'resume', 'terminate'])('%s of an agreement that is not there', async (what) => {
    for (const id of ['x', '01980000-0000-7000-8000-000000000001', '%00', 'a'.repeat(300)]) {
      expect(await registry.speak('GB', `/v1/agreements/${id}/${what}`)).toMatchObject({ status: 404 });
    }
    expect(await registry.stored()).toBe(before);
  });
});
