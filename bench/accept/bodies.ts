const DIGITS = 9;

/** A report as a national system sends it, of fictional people; all are equally long. `terms`: how it is released. */
const report = (n: string, terms: object): object => ({
  externalId: `BENCH-${n}`,
  title: `Boats bought for the Channel route, report ${n}`,
  category: 'intelligence',
  classification: 'OFFICIAL',
  grading: { scheme: '3x5x2', source: '2', information: 'B', handling: 'P' },
  handlingCodes: ['H0'],
  legalBasis: 'Immigration Act 1971 s.25',
  reviewBy: '2099-01-01',
  entities: [
    {
      id: 'p',
      schema: 'Person',
      properties: { name: [`Arben Shembulli ${n}`], nationality: ['al'] },
      subjectCategory: 'suspect',
      assertion: 'fact',
    },
    { id: 'o', schema: 'Organization', properties: { name: [`Rrjeti ${n}`] }, assertion: 'assessment' },
    { id: 'm', schema: 'Membership', properties: { member: ['p'], organization: ['o'] }, assertion: 'assessment' },
  ],
  ...terms,
});

const RELEASE = { release: { audience: 'TASK_FORCE', purposes: ['people-smuggling'] } };

const maker = (terms: object) => {
  const parts = JSON.stringify(report('@', terms)).split('@');
  return (n: number): string => parts.join(String(n).padStart(DIGITS, '0'));
};

/** The n-th body for `POST /v1/reports`, as JSON. */
export const submittedBody = maker({});
/** The same, released to the task force in the same step. */
export const releasedBody = maker(RELEASE);
