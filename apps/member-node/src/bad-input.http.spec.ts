import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { person, reportBody } from './testing/bodies.ts';
import { runNode, type Ask, type RunningNode } from './testing/running-node.ts';

const UNKNOWN = '01980000-0000-7000-8000-0000000000ff';
const REPORTS = 'POST /v1/reports';
const terms = { audience: ['AL'], purposes: ['people-smuggling'] };

/** What is sent, and what must come back: status, code, and the field and rule that are named. */
type Case = [name: string, route: string, sent: Ask, status: number, code: string, path?: string, rule?: string];

const json = (over: object): Ask => ({ body: reportBody(over) });
const entity = (over: object): Ask => json({ entities: [{ ...person('p', { name: ['X'] }), ...over }] });
const text = (raw: string | Uint8Array): Ask => ({ raw });
const valid = JSON.stringify(reportBody());

const BODIES: Case[] = [
  ['no JSON', REPORTS, text('{"title":'), 400, 'invalid-request', '', 'json'],
  ['an empty body', REPORTS, text(''), 400, 'invalid-request', '', 'required'],
  ['a list', REPORTS, text('[]'), 400, 'invalid-request', '', 'type'],
  ['a byte order mark', REPORTS, text(`\uFEFF${valid}`), 400, 'invalid-request', '', 'no-bom'],
  ['no UTF-8', REPORTS, text(Buffer.from([0x22, 0xff, 0x22])), 400, 'invalid-request', '', 'utf-8'],
  [
    'a key twice',
    REPORTS,
    text(valid.replace('{', '{"title":"x",')),
    400,
    'invalid-request',
    '/title',
    'duplicate-key',
  ],
  [
    'a prototype key',
    REPORTS,
    text(valid.replace('{', '{"__proto__":{"a":1},')),
    400,
    'invalid-request',
    '/__proto__',
    'forbidden-key',
  ],
  [
    'a lone surrogate',
    REPORTS,
    text(valid.replace('Boats', '\\ud800')),
    400,
    'invalid-request',
    '/title',
    'well-formed',
  ],
  ['U+0000', REPORTS, text(valid.replace('Boats', '\\u0000')), 400, 'invalid-request', '/title', 'no-nul'],
  [
    'a form',
    REPORTS,
    { raw: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    415,
    'unsupported-media-type',
  ],
  ['3 MB', REPORTS, json({ legalBasis: 'x'.repeat(3_000_000) }), 413, 'too-large'],
];

const FIELDS: Case[] = [
  ['no title', REPORTS, json({ title: undefined }), 400, 'invalid-request', '/title', 'required'],
  ['a blank title', REPORTS, json({ title: ' ' }), 400, 'invalid-request', '/title', 'pattern'],
  ['a title too long', REPORTS, json({ title: 'x'.repeat(301) }), 400, 'invalid-request', '/title', 'maxLength'],
  ['a number for a title', REPORTS, json({ title: 7 }), 400, 'invalid-request', '/title', 'type'],
  ['an unknown field', REPORTS, json({ sauce: 'x' }), 400, 'invalid-request', '/sauce', 'unknown-field'],
  ['an unknown category', REPORTS, json({ category: 'gossip' }), 400, 'invalid-request', '/category', 'enum'],
  [
    'an unknown classification',
    REPORTS,
    json({ classification: 'secret' }),
    400,
    'invalid-request',
    '/classification',
    'enum',
  ],
  [
    'H3 without its text',
    REPORTS,
    json({ handlingCodes: ['H3'] }),
    400,
    'invalid-request',
    '/handlingText',
    'required',
  ],
  [
    'the same handling code twice',
    REPORTS,
    json({ handlingCodes: ['H0', 'H0'] }),
    400,
    'invalid-request',
    '/handlingCodes',
    'uniqueItems',
  ],
  ['a day that is none', REPORTS, json({ reviewBy: '2028-02-30' }), 400, 'invalid-request', '/reviewBy', 'format'],
  [
    'a grading that is none',
    REPORTS,
    json({ grading: { scheme: '3x5x2', source: '9', information: 'B', handling: 'P' } }),
    422,
    'grading.invalid',
    '/grading/source',
    'enum',
  ],
  [
    'an unknown scheme',
    REPORTS,
    json({ grading: { scheme: '5x5x5' } }),
    422,
    'grading.invalid',
    '/grading/scheme',
    'enum',
  ],
  [
    'an unknown schema',
    REPORTS,
    entity({ schema: 'Persona' }),
    422,
    'entity.invalid',
    '/entities/0/schema',
    'unknown-schema',
  ],
  [
    'an unknown property',
    REPORTS,
    entity({ properties: { shoe: ['x'] } }),
    422,
    'entity.invalid',
    '/entities/0/properties/shoe',
    'unknown-property',
  ],
  [
    'a person without category',
    REPORTS,
    entity({ subjectCategory: undefined }),
    422,
    'entity.invalid',
    '/entities/0/subjectCategory',
    'required',
  ],
  [
    'a statement that is neither fact nor assessment',
    REPORTS,
    entity({ assertion: 'rumour' }),
    400,
    'invalid-request',
    '/entities/0/assertion',
    'enum',
  ],
  [
    'a local id twice',
    REPORTS,
    json({ entities: [person('p', {}), person('p', {})] }),
    422,
    'entity.invalid',
    '/entities/1/id',
    'unique',
  ],
  [
    'a link to nobody',
    REPORTS,
    json({
      entities: [
        { id: 'm', schema: 'Membership', properties: { member: ['q'], organization: ['q'] }, assertion: 'fact' },
      ],
    }),
    422,
    'entity.invalid',
    '/entities/0/properties/member',
    'unknown-entity',
  ],
  [
    'a global id never used',
    REPORTS,
    entity({ id: `GB:${UNKNOWN}` }),
    422,
    'entity.invalid',
    '/entities/0/id',
    'unknown-entity',
  ],
  [
    'a claim of an organization',
    REPORTS,
    entity({ schema: 'Organization', protectionClaim: true }),
    422,
    'entity.invalid',
    '/entities/0/protectionClaim',
    'person-only',
  ],
  [
    'a stranger in the audience',
    REPORTS,
    json({ release: { ...terms, audience: ['AL', 'FR'] } }),
    422,
    'audience.unknown-member',
    '/release/audience/1',
    'known-member',
  ],
  [
    'nobody in the audience',
    REPORTS,
    json({ release: { ...terms, audience: [] } }),
    400,
    'invalid-request',
    '/release/audience',
    'minItems',
  ],
  [
    'no purpose',
    REPORTS,
    json({ release: { ...terms, purposes: [] } }),
    400,
    'invalid-request',
    '/release/purposes',
    'minItems',
  ],
  [
    'an embargo that is no time',
    REPORTS,
    json({ release: { ...terms, notBefore: 'tomorrow' } }),
    400,
    'invalid-request',
    '/release/notBefore',
    'format',
  ],
  [
    'a key with spaces',
    REPORTS,
    { ...json({}), headers: { 'idempotency-key': 'a b' } },
    400,
    'invalid-request',
    '/headers/idempotency-key',
    'header',
  ],
];

const on = (what: string, id = UNKNOWN) => `POST /v1/reports/${id}/${what}`;
const said = (body: object): Ask => ({ body });
const operation = {
  name: 'Operation Shembull',
  participants: ['AL'],
  purposes: ['people-smuggling'],
  area: 'Durrës',
  window: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
  targets: [],
  classification: 'OFFICIAL',
};
const OPERATIONS = 'POST /v1/operations';
const at = '2026-01-01T05:00:00Z';

const OTHERS: Case[] = [
  ['a release of nothing', on('release'), said(terms), 404, 'not-found'],
  ['an id that is none', on('recall', 'x'), said({ reason: 'r' }), 404, 'not-found'],
  ['a recall without a reason', on('recall'), said({}), 400, 'invalid-request', '/reason', 'required'],
  ['an amendment of nothing', on('amend'), said({ reason: 'r' }), 400, 'invalid-request', '', 'minProperties'],
  [
    'a stranger released to',
    on('release'),
    said({ ...terms, audience: ['ZZ'] }),
    422,
    'audience.unknown-member',
    '/audience/0',
    'known-member',
  ],
  [
    'If-Match without quotes',
    on('recall'),
    { ...said({ reason: 'r' }), headers: { 'if-match': '3' } },
    400,
    'invalid-request',
    '/headers/if-match',
    'header',
  ],
  ['a bad cursor', 'GET /v1/reports?cursor=abc', {}, 400, 'invalid-request', '/cursor', 'cursor'],
  ['a limit too high', 'GET /v1/reports?limit=501', {}, 400, 'invalid-request', '/limit', 'max'],
  ['an unknown query', 'GET /v1/reports?order=asc', {}, 400, 'invalid-request', '/order', 'unknown-field'],
  ['an unknown report', `GET /v1/reports/${UNKNOWN}`, {}, 404, 'not-found'],
  ['an unknown route', 'GET /v1/nothing', {}, 404, 'not-found'],
  ['a batch that is JSON', 'POST /v1/reports:batch', said([]), 415, 'unsupported-media-type'],
  [
    'a window that ends before it begins',
    OPERATIONS,
    said({ ...operation, window: { from: at, to: '2025-01-01T00:00:00Z' } }),
    400,
    'invalid-request',
    '/window/to',
    'order',
  ],
  [
    'a stranger that takes part',
    OPERATIONS,
    said({ ...operation, participants: ['FR'] }),
    422,
    'audience.unknown-member',
    '/participants/0',
    'known-member',
  ],
  [
    'a target that is no id',
    OPERATIONS,
    said({ ...operation, targets: ['p'] }),
    400,
    'invalid-request',
    '/targets/0',
    'pattern',
  ],
  [
    'an approval that says more',
    `POST /v1/operations/${UNKNOWN}/approve`,
    said({ yes: true }),
    400,
    'invalid-request',
    '/yes',
    'unknown-field',
  ],
  [
    'half an arrest',
    `POST /v1/operations/${UNKNOWN}/arrests`,
    said({ count: 0.5, at, place: 'x', offence: 'x' }),
    400,
    'invalid-request',
    '/count',
    'type',
  ],
  [
    'a seizure of dreams',
    `POST /v1/operations/${UNKNOWN}/seizures`,
    said({ kind: 'dream', quantity: 1, unit: 'item', at }),
    400,
    'invalid-request',
    '/kind',
    'enum',
  ],
  [
    'nobody rescued',
    `POST /v1/operations/${UNKNOWN}/rescues`,
    said({ count: 0, at, place: 'x' }),
    400,
    'invalid-request',
    '/count',
    'minimum',
  ],
  ['no outcome', `POST /v1/operations/${UNKNOWN}/conclude`, said({}), 400, 'invalid-request', '/outcome', 'required'],
];

const LINES: [name: string, line: string | Uint8Array, code: string, path: string, rule: string][] = [
  ['no JSON', '{"not json', 'invalid-request', '', 'json'],
  ['a byte order mark', `\uFEFF${valid}`, 'invalid-request', '', 'no-bom'],
  ['a key twice', valid.replace('{', '{"title":"x",'), 'invalid-request', '/title', 'duplicate-key'],
  ['a lone surrogate', valid.replace('Boats', '\\ud800'), 'invalid-request', '/title', 'well-formed'],
  ['an unknown field', JSON.stringify(reportBody({ sauce: 1 })), 'invalid-request', '/sauce', 'unknown-field'],
  ['a line of 10 MB', `"${'x'.repeat(10_000_000)}"`, 'too-large', '', 'maxLength'],
  ['a bad grading', JSON.stringify(reportBody({ grading: {} })), 'grading.invalid', '/grading/scheme', 'enum'],
];

describe('bad input', () => {
  let gb: RunningNode;
  let officer: string;
  let before: number;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
    before = await gb.count();
  });
  afterAll(() => gb.close());

  it.each([...BODIES, ...FIELDS, ...OTHERS])('%s (%s)', async (_name, route, sent, status, code, path, rule) => {
    const [method, where] = route.split(' ') as [string, string];
    const answer = await gb.call(method, where, { as: officer, ...sent });
    expect({ status: answer.status, code: answer.json?.code }).toEqual({ status, code });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    if (path !== undefined) expect(answer.json.errors).toContainEqual({ path, rule, message: expect.any(String) });
    expect(answer.text).not.toMatch(/\bat .*\.(ts|js):\d/);
    expect(await gb.count()).toBe(before);
  });

  it.each(LINES)('a line of a batch: %s', async (_name, line, code, path, rule) => {
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = await gb.call('POST', '/v1/reports:batch', { as: officer, raw: `${String(line)}\n`, headers });
    expect(answer.status).toBe(200);
    const [result, ...more] = answer.text.trim().split('\n');
    expect(more).toEqual([]);
    expect(JSON.parse(result!)).toMatchObject({ line: 1, status: 'rejected', code, errors: [{ path, rule }] });
    expect(await gb.count()).toBe(before);
  });

  it('without a token that is right now this member’s', async () => {
    const tokens = [
      undefined,
      'nonsense',
      await gb.token(['publisher', 'supervisor'], { exp: 1 }),
      await gb.token(['publisher', 'supervisor'], { iss: 'urn:accord:issuer:AL' }),
    ];
    for (const as of tokens) {
      const answer = await gb.call('POST', '/v1/reports', { ...(as && { as }), body: reportBody() });
      expect(answer).toMatchObject({ status: 401, json: { code: 'unauthenticated' } });
    }
    expect(await gb.count()).toBe(before);
  });

  it('in a state that does not allow it', async () => {
    const { json: report } = await gb.call('POST', '/v1/reports', { as: officer, body: reportBody() });
    const count = await gb.count();
    const answer = await gb.call('POST', `/v1/reports/${report.id}/recall`, { as: officer, body: { reason: 'r' } });
    expect(answer).toMatchObject({ status: 409, json: { code: 'report.not-released' } });
    expect(await gb.count()).toBe(count);
  });
});
