import { person, reportBody } from './bodies.ts';
import { refused, type Refused } from './refused.ts';
import type { Ask } from './running-node.ts';

const UNKNOWN = '01980000-0000-7000-8000-0000000000ff';
const REPORTS = 'POST /v1/reports';
const terms = { audience: ['AL'], purposes: ['people-smuggling'] };

const json = (over: object): Ask => ({ body: reportBody(over) });
const entity = (over: object): Ask => json({ entities: [{ ...person('p', { name: ['X'] }), ...over }] });
const text = (raw: string | Uint8Array): Ask => ({ raw });
const valid = JSON.stringify(reportBody());

/** Bodies that are no JSON, or not JSON as it must be. */
export const BAD_BODIES: readonly Refused[] = [
  refused('no JSON', REPORTS, text('{"title":'), '400 invalid-request - json'),
  refused('an empty body', REPORTS, text(''), '400 invalid-request - required'),
  refused('a list', REPORTS, text('[]'), '400 invalid-request - type'),
  refused('a byte order mark', REPORTS, text(`\uFEFF${valid}`), '400 invalid-request - no-bom'),
  refused('no UTF-8', REPORTS, text(Buffer.from([0x22, 0xff, 0x22])), '400 invalid-request - utf-8'),
  refused(
    'a key twice',
    REPORTS,
    text(valid.replace('{', '{"title":"x",')),
    '400 invalid-request /title duplicate-key',
  ),
  refused(
    'a prototype key',
    REPORTS,
    text(valid.replace('{', '{"__proto__":{"a":1},')),
    '400 invalid-request /__proto__ forbidden-key',
  ),
  refused(
    'a lone surrogate',
    REPORTS,
    text(valid.replace('Boats', '\\ud800')),
    '400 invalid-request /title well-formed',
  ),
  refused('U+0000', REPORTS, text(valid.replace('Boats', '\\u0000')), '400 invalid-request /title no-nul'),
  refused(
    'a form',
    REPORTS,
    { raw: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    '415 unsupported-media-type',
  ),
  refused('3 MB', REPORTS, json({ legalBasis: 'x'.repeat(3_000_000) }), '413 too-large'),
];

/** Reports that break a rule. */
export const BAD_REPORTS: readonly Refused[] = [
  refused('no title', REPORTS, json({ title: undefined }), '400 invalid-request /title required'),
  refused('a blank title', REPORTS, json({ title: ' ' }), '400 invalid-request /title pattern'),
  refused('a title too long', REPORTS, json({ title: 'x'.repeat(301) }), '400 invalid-request /title maxLength'),
  refused('a number for a title', REPORTS, json({ title: 7 }), '400 invalid-request /title type'),
  refused('an unknown field', REPORTS, json({ sauce: 'x' }), '400 invalid-request /sauce unknown-field'),
  refused('an unknown category', REPORTS, json({ category: 'gossip' }), '400 invalid-request /category enum'),
  refused(
    'an unknown classification',
    REPORTS,
    json({ classification: 'secret' }),
    '400 invalid-request /classification enum',
  ),
  refused(
    'H3 without its text',
    REPORTS,
    json({ handlingCodes: ['H3'] }),
    '400 invalid-request /handlingText required',
  ),
  refused(
    'the same handling code twice',
    REPORTS,
    json({ handlingCodes: ['H0', 'H0'] }),
    '400 invalid-request /handlingCodes uniqueItems',
  ),
  refused('a day that is none', REPORTS, json({ reviewBy: '2028-02-30' }), '400 invalid-request /reviewBy format'),
  refused(
    'a grading that is none',
    REPORTS,
    json({ grading: { scheme: '3x5x2', source: '9', information: 'B', handling: 'P' } }),
    '422 grading.invalid /grading/source enum',
  ),
  refused(
    'an unknown scheme',
    REPORTS,
    json({ grading: { scheme: '5x5x5' } }),
    '422 grading.invalid /grading/scheme enum',
  ),
  refused(
    'an unknown schema',
    REPORTS,
    entity({ schema: 'Persona' }),
    '422 entity.invalid /entities/0/schema unknown-schema',
  ),
  refused(
    'an unknown property',
    REPORTS,
    entity({ properties: { shoe: ['x'] } }),
    '422 entity.invalid /entities/0/properties/shoe unknown-property',
  ),
  refused(
    'a person without category',
    REPORTS,
    entity({ subjectCategory: undefined }),
    '422 entity.invalid /entities/0/subjectCategory required',
  ),
  refused(
    'a statement that is neither fact nor assessment',
    REPORTS,
    entity({ assertion: 'rumour' }),
    '400 invalid-request /entities/0/assertion enum',
  ),
  refused(
    'a local id twice',
    REPORTS,
    json({ entities: [person('p', {}), person('p', {})] }),
    '422 entity.invalid /entities/1/id unique',
  ),
  refused(
    'a link to nobody',
    REPORTS,
    json({
      entities: [
        { id: 'm', schema: 'Membership', properties: { member: ['q'], organization: ['q'] }, assertion: 'fact' },
      ],
    }),
    '422 entity.invalid /entities/0/properties/member unknown-entity',
  ),
  refused(
    'a global id never used',
    REPORTS,
    entity({ id: `GB:${UNKNOWN}` }),
    '422 entity.invalid /entities/0/id unknown-entity',
  ),
  refused(
    'a claim of an organization',
    REPORTS,
    entity({ schema: 'Organization', protectionClaim: true }),
    '422 entity.invalid /entities/0/protectionClaim person-only',
  ),
  refused(
    'a stranger in the audience',
    REPORTS,
    json({ release: { ...terms, audience: ['AL', 'FR'] } }),
    '422 audience.unknown-member /release/audience/1 known-member',
  ),
  refused(
    'nobody in the audience',
    REPORTS,
    json({ release: { ...terms, audience: [] } }),
    '400 invalid-request /release/audience anyOf',
  ),
  refused(
    'no purpose',
    REPORTS,
    json({ release: { ...terms, purposes: [] } }),
    '400 invalid-request /release/purposes minItems',
  ),
  refused(
    'an embargo that is no time',
    REPORTS,
    json({ release: { ...terms, notBefore: 'tomorrow' } }),
    '400 invalid-request /release/notBefore format',
  ),
  refused(
    'a key with spaces',
    REPORTS,
    { ...json({}), headers: { 'idempotency-key': 'a b' } },
    '400 invalid-request /headers/idempotency-key header',
  ),
];
