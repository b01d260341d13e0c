import { describe, expect, it } from '@jest/globals';
import * as read from './reading.ts';
import { without, wrong } from './testing/wrong.ts';

const report = {
  externalId: 'NCA-2025-0417',
  title: 'Boats bought for the Channel route',
  category: 'intelligence',
  classification: 'OFFICIAL-SENSITIVE',
  grading: { scheme: '3x5x2', source: '2', information: 'B', handling: 'P' },
  handlingCodes: ['H0'],
  legalBasis: 'Immigration Act 1971 s.25',
  reviewBy: '2028-05-15',
  entities: [
    {
      id: 'p1',
      schema: 'Person',
      properties: { name: ['Arben Shembulli'] },
      subjectCategory: 'suspect',
      assertion: 'fact',
    },
    { id: 'p2', schema: 'Person', properties: {}, subjectCategory: 'victim', assertion: 'fact', protectionClaim: true },
    {
      id: 'p3',
      schema: 'Person',
      subjectCategory: 'victim',
      assertion: 'fact',
      protectionClaim: { habitualResidence: ['sy'], persecutors: ['sy'] },
    },
  ],
};
const release = {
  audience: ['AL', 'XK'],
  purposes: ['people-smuggling'],
  notBefore: '2025-06-01T00:00:00Z',
  tearLine: { title: 'T', entities: [], audience: 'TASK_FORCE' },
};
describe('a report', () => {
  it('is read as API.md writes it, with and without a release', () => {
    expect(read.readReport(report)).toBe(report);
    expect(wrong(() => read.readReport({ ...report, release }))).toBe('accepted');
    expect(
      wrong(() =>
        read.readReport({
          ...without(report, 'externalId'),
          grading: { scheme: '4x4', source: 'B', information: '2' },
        }),
      ),
    ).toBe('accepted');
    expect(
      wrong(() => read.readReport({ ...report, handlingCodes: ['H0', 'H3'], handlingText: 'Not to be copied.' })),
    ).toBe('accepted');
  });

  it.each(['title', 'category', 'classification', 'grading', 'handlingCodes', 'legalBasis', 'reviewBy', 'entities'])(
    'needs %s',
    (field) => {
      expect(wrong(() => read.readReport(without(report, field)))).toBe(`400 invalid-request /${field} required`);
    },
  );

  it.each([
    [{ foo: 1 }, '400 invalid-request /foo unknown-field'],
    [{ title: ' \n' }, '400 invalid-request /title pattern'],
    [{ title: 'x'.repeat(301) }, '400 invalid-request /title maxLength'],
    [{ category: 'gossip' }, '400 invalid-request /category enum'],
    [{ classification: 'TOP SECRET' }, '400 invalid-request /classification enum'],
    [{ handlingCodes: [] }, '400 invalid-request /handlingCodes minItems'],
    [{ handlingCodes: ['H0', 'H0'] }, '400 invalid-request /handlingCodes uniqueItems'],
    [{ handlingCodes: ['H9'] }, '400 invalid-request /handlingCodes/0 enum'],
    [{ handlingCodes: ['H3'] }, '400 invalid-request /handlingText required'],
    [{ reviewBy: '2028-02-30' }, '400 invalid-request /reviewBy format'],
    [{ reviewBy: '2028-05-15T00:00:00Z' }, '400 invalid-request /reviewBy format'],
    [{ externalId: '' }, '400 invalid-request /externalId minLength /externalId pattern'],
    [{ grading: 'B2' }, '400 invalid-request /grading type'],
    [
      { grading: { scheme: '3x5x2', source: '9', information: 'B', handling: 'P' } },
      '422 grading.invalid /grading/source enum',
    ],
    [{ grading: {} }, '422 grading.invalid /grading/scheme enum'],
    [{ entities: {} }, '400 invalid-request /entities type'],
    [
      { entities: [{}] },
      '400 invalid-request /entities/0/id required /entities/0/schema required /entities/0/assertion required',
    ],
    [
      { entities: [{ ...report.entities[0], properties: { name: 'Arben' } }] },
      '400 invalid-request /entities/0/properties/name type',
    ],
    [
      { entities: [{ ...report.entities[0], properties: { name: [1] } }] },
      '400 invalid-request /entities/0/properties/name/0 type',
    ],
    [{ entities: [{ ...report.entities[0], assertion: 'rumour' }] }, '400 invalid-request /entities/0/assertion enum'],
    [
      { entities: [{ ...report.entities[0], subjectCategory: 'migrant' }] },
      '400 invalid-request /entities/0/subjectCategory enum',
    ],
    [
      { entities: [{ ...report.entities[0], protectionClaim: false }] },
      '400 invalid-request /entities/0/protectionClaim anyOf',
    ],
    [
      { entities: [{ ...report.entities[0], protectionClaim: { persecutors: ['Syria'] } }] },
      '400 invalid-request /entities/0/protectionClaim/persecutors/0 pattern',
    ],
    [
      { entities: [{ ...report.entities[0], protectionClaim: { since: '2025' } }] },
      '400 invalid-request /entities/0/protectionClaim/since unknown-field',
    ],
    [{ entities: Array(501).fill(report.entities[0]) }, '400 invalid-request /entities maxItems'],
    [{ release: { ...release, purposes: ['curiosity'] } }, '400 invalid-request /release/purposes/0 enum'],
  ])('%j: %s', (over, expected) => {
    expect(wrong(() => read.readReport({ ...report, ...over }))).toBe(expected);
  });

  it.each([null, [], 'x', 1, true])('is not %j', (value) => {
    expect(wrong(() => read.readReport(value))).toBe('400 invalid-request  type');
  });
});

describe('a release', () => {
  it('is read as API.md writes it', () => {
    expect(read.readRelease(release)).toBe(release);
    expect(wrong(() => read.readRelease({ audience: 'TASK_FORCE', purposes: ['returns'] }))).toBe('accepted');
  });

  it.each([
    [{ audience: 'EVERYONE' }, '/audience anyOf'],
    [{ audience: [] }, '/audience anyOf'],
    [{ audience: ['AL', 'al'] }, '/audience/1 pattern'],
    [{ audience: ['AL', 'AL'] }, '/audience anyOf'],
    [{ purposes: [] }, '/purposes minItems'],
    [{ purposes: ['returns', 'returns'] }, '/purposes uniqueItems'],
    [{ notBefore: '2025-06-01' }, '/notBefore format'],
    [{ notBefore: '2025-06-01T00:00:00+02:00' }, '/notBefore format'],
    [{ tearLine: { title: 'T', entities: [] } }, '/tearLine/audience required'],
    [{ tearLine: { ...release.tearLine, grading: {} } }, '/tearLine/grading unknown-field'],
  ])('%j: %s', (over, expected) => {
    expect(wrong(() => read.readRelease({ ...release, ...over }))).toBe(`400 invalid-request ${expected}`);
  });
});

describe('an amendment, a recall', () => {
  it('names what changes, and why', () => {
    expect(wrong(() => read.readAmendment({ title: 'Better', reason: 'Typing error' }))).toBe('accepted');
    expect(wrong(() => read.readAmendment({ reason: 'Nothing' }))).toBe('400 invalid-request  minProperties');
    expect(wrong(() => read.readAmendment({ title: 'Better', entities: [] }))).toBe(
      '400 invalid-request /reason required',
    );
    expect(wrong(() => read.readAmendment({ externalId: 'X', reason: 'r' }))).toBe(
      '400 invalid-request /externalId unknown-field',
    );
    expect(wrong(() => read.readAmendment({ grading: { scheme: '4x4' }, reason: 'r' }))).toBe(
      '422 grading.invalid /grading/source required /grading/information required',
    );
    expect(wrong(() => read.readReason({ reason: 'Source withdrew' }))).toBe('accepted');
    expect(wrong(() => read.readReason({}))).toBe('400 invalid-request /reason required');
  });
});
