import { fact } from '../records/fact.ts';
import type { Audience, Handling } from '../records/release.ts';
import type { ReportContent, ReportFact } from '../intelligence/report.ts';

export const R = '01980000-0000-7000-8000-000000000001';
export const T = '01980000-0000-8000-8000-000000000002';
export const AT = '2026-02-01T12:00:00.000Z';

export const handling: Handling = {
  category: 'intelligence',
  classification: 'OFFICIAL',
  handlingCodes: ['H0'],
  reviewBy: '2028-05-15',
};
export const content: ReportContent = {
  title: 'Boats bought',
  grading: { scheme: '3x5x2', source: '2', information: 'B', handling: 'P' },
  legalBasis: 'Immigration Act 1971 s.25',
  entities: [
    {
      id: 'GB:01980000-0000-8000-8000-00000000000a',
      schema: 'Person',
      properties: { name: ['Test Viktimë'], nationality: ['al'] },
      subjectCategory: 'victim',
      assertion: 'fact',
      protectionClaim: true,
    },
  ],
};
export const xk: Audience = { members: ['XK'], taskForce: false, registrySequence: 5 };
export const all: Audience = { members: ['AL', 'XK'], taskForce: true, registrySequence: 5 };
export const tearContent = { title: 'Boats', entities: [] };

export const submitted: ReportFact = fact('report-submitted', R, { ...handling, fingerprint: 'f' }, content);
export const terms = { audience: xk, purposes: ['people-smuggling'] as const, notBefore: null, releasedAt: AT };
export const released: ReportFact = fact('report-released', R, terms, { shield: ['al'] });
export const tearLine: ReportFact = fact(
  'tear-line-released',
  T,
  { ...terms, audience: all },
  { ...tearContent, shield: ['al'] },
);
export const recalled: ReportFact = fact('report-recalled', R, {}, { reason: 'wrong' });
export const expired: ReportFact = fact('report-expired', R, {}, {});
export const erased: ReportFact = fact('report-erased', R, {}, { reason: 'order' });
