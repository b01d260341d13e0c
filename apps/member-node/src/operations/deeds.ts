import { ArrestsBody, readSeizure, RescueBody, SeizureBody } from '#contracts';
import { defineDeed } from '../contributions/deed.ts';

const inOperation = { category: 'operation', of: 'operation', happened: ['at'] } as const;

/** What participants do in an operation, whoever leads it. */
export const deeds = [
  defineDeed({
    ...inOperation,
    deed: 'arrests-made',
    path: 'operations/:id/arrests',
    event: 'accord.operations.arrests-made.v1',
    body: ArrestsBody,
    summary: 'People were arrested in an operation',
  }),
  defineDeed({
    ...inOperation,
    deed: 'seizure-made',
    path: 'operations/:id/seizures',
    event: 'accord.operations.seizure-made.v1',
    body: SeizureBody,
    read: readSeizure,
    summary: 'Something was seized in an operation',
  }),
  defineDeed({
    ...inOperation,
    deed: 'people-rescued',
    path: 'operations/:id/rescues',
    event: 'accord.operations.people-rescued.v1',
    body: RescueBody,
    summary: 'People were rescued in an operation',
  }),
];
