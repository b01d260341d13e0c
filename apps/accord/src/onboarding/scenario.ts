/** What a newcomer's node is asked in its throw-away copy, and what it must answer. Fictional people only. */
export interface Asked {
  name: string;
  method: 'POST' | 'GET';
  path: string;
  body?: object;
  /** The status, and of a refusal its code. */
  status: number;
  code?: string;
}

const report = (over: object): object => ({
  title: 'Conformance report',
  category: 'intelligence',
  classification: 'OFFICIAL',
  grading: { scheme: '3x5x2', source: '2', information: 'B', handling: 'P' },
  handlingCodes: ['H0'],
  legalBasis: 'Conformance',
  reviewBy: '2099-01-01',
  entities: [
    {
      id: 'p',
      schema: 'Person',
      properties: { name: ['Arben Shembulli'], nationality: ['al'] },
      subjectCategory: 'suspect',
      assertion: 'fact',
    },
  ],
  ...over,
});

const release = { audience: 'TASK_FORCE', purposes: ['people-smuggling'] };
const claimant = {
  id: 'p',
  schema: 'Person',
  properties: { name: ['Drita Prova'], nationality: ['al'] },
  subjectCategory: 'victim',
  assertion: 'fact',
  protectionClaim: {},
};
const post = (name: string, path: string, body: object, status: number, code?: string): Asked => ({
  ...{ name, method: 'POST', path, body, status },
  ...(code !== undefined && { code }),
});
const first = report({ externalId: 'CONFORMANCE-1', release });

/** Paths name earlier answers by their place: `{{0.id}}`. */
export const SCENARIO: readonly Asked[] = [
  post('publishes a report and releases it in one step', '/v1/reports', first, 201),
  post('answers the same again with the same', '/v1/reports', first, 200),
  post(
    'refuses another under the same external id',
    '/v1/reports',
    report({ externalId: 'CONFORMANCE-1', title: 'Another' }),
    409,
    'external-id-reused',
  ),
  post('refuses a report without a title', '/v1/reports', report({ title: undefined }), 400, 'invalid-request'),
  post(
    'refuses a grading that its scheme lacks',
    '/v1/reports',
    report({ grading: { scheme: '3x5x2', source: '9', information: 'B', handling: 'P' } }),
    422,
    'grading.invalid',
  ),
  post('submits a report', '/v1/reports', report({ externalId: 'CONFORMANCE-2' }), 201),
  post('releases it', '/v1/reports/{{5.id}}/release', release, 200),
  post(
    'releases a report of somebody who claims protection',
    '/v1/reports',
    report({ externalId: 'CONFORMANCE-3', entities: [claimant], release }),
    201,
  ),
  post('recalls the first', '/v1/reports/{{0.id}}/recall', { reason: 'Conformance' }, 200),
  post('refuses to recall it again', '/v1/reports/{{0.id}}/recall', { reason: 'Again' }, 409, 'report.recalled'),
];

/** Where in the scenario the records of the three reports are, and what is to become of each. */
export const OUTCOME = [
  { place: 0, state: 'recalled', shield: [] },
  { place: 5, state: 'released', shield: [] },
  { place: 7, state: 'released', shield: ['al'] },
] as const;
