/** A report's body as a caller sends it. Fictional people only. */
export const reportBody = (over: object = {}): Record<string, unknown> => ({
  title: 'Boats bought for the Channel route',
  category: 'intelligence',
  classification: 'OFFICIAL',
  grading: { scheme: '3x5x2', source: '2', information: 'B', handling: 'P' },
  handlingCodes: ['H0'],
  legalBasis: 'Immigration Act 1971 s.25',
  reviewBy: '2028-05-15',
  entities: [
    person('p', { name: ['Arben Shembulli'], nationality: ['al'] }),
    { id: 'o', schema: 'Organization', properties: { name: ['Rrjeti Shembull'] }, assertion: 'assessment' },
    { id: 'm', schema: 'Membership', properties: { member: ['p'], organization: ['o'] }, assertion: 'assessment' },
  ],
  ...over,
});

export const person = (id: string, properties: object, over: object = {}): object => ({
  id,
  schema: 'Person',
  properties,
  subjectCategory: 'suspect',
  assertion: 'fact',
  ...over,
});
