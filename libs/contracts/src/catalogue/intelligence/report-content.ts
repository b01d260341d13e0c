import { Type, type Static } from '@sinclair/typebox';
import * as f from '../../schemas/fields.ts';

/** What was said of one entity. A claim for protection is never part of it. */
export const EntityContent = Type.Object(
  {
    id: f.entityIdField,
    schema: f.text(50),
    properties: f.properties,
    assertion: f.assertion,
    subjectCategory: Type.Optional(f.subjectCategory),
  },
  f.strict,
);
export type EntityContent = Static<typeof EntityContent>;

/** A report, or its tear line, whole: each release and amendment says all of it. */
export const ReportContent = Type.Object(
  {
    title: f.title,
    grading: f.grading,
    handlingText: Type.Optional(f.handlingText),
    legalBasis: f.legalBasis,
    entities: Type.Array(EntityContent, { maxItems: 500 }),
  },
  f.strict,
);
export type ReportContent = Static<typeof ReportContent>;

export const exampleReport: ReportContent = {
  title: 'Boats bought for the Channel route',
  grading: { scheme: '3x5x2', source: '2', information: 'B', handling: 'P' },
  legalBasis: 'Immigration Act 1971 s.25',
  entities: [
    {
      id: 'GB:01980000-0000-7000-8000-000000000001',
      schema: 'Person',
      properties: { name: ['Arben Shembulli'], birthDate: ['1984'], nationality: ['al'] },
      assertion: 'fact',
      subjectCategory: 'suspect',
    },
    {
      id: 'GB:01980000-0000-7000-8000-000000000002',
      schema: 'Organization',
      properties: { name: ['Rrjeti Shembull'] },
      assertion: 'assessment',
    },
    {
      id: 'GB:01980000-0000-7000-8000-000000000003',
      schema: 'Membership',
      properties: {
        member: ['GB:01980000-0000-7000-8000-000000000001'],
        organization: ['GB:01980000-0000-7000-8000-000000000002'],
      },
      assertion: 'assessment',
    },
  ],
};
