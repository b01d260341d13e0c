import { DOCUMENT_STATUSES } from '#contracts';
import { putAlert } from '../../../apps/joint-views/src/testing/document-fixtures.ts';
import type { SystemWorld } from './system-world.ts';

const NUMBERS = ['DEMO001', 'DEMO002', 'DEMO003'];
const NOT_THERE = { number: 'DEMO999' };

export const documents: SystemWorld = {
  kind: 'document-alert',
  // Few numbers: what is hidden stands beside what is seen of the same one.
  draw: ({ random, id, access }) =>
    Array.from({ length: 10 }, (_, n) => {
      const given = access(id(n), 'document');
      const content = {
        number: random.pick(NUMBERS),
        type: random.pick(['passport', 'visa'] as const),
        issuingState: random.pick(['AL', 'XK', 'GB']),
        status: random.pick(DOCUMENT_STATUSES),
        stage: random.pick(['in-force', 'in-force', 'in-force', 'withdrawn'] as const),
      };
      const updated = random.below(9);
      return { access: given, put: (db) => putAlert(db, { ...given, updated, content }) };
    }),
  paths: (ids) => [
    ...['', '?limit=2', '?originator=GB', '?issuingState=AL', '?type=visa&status=lost', '?status=x'].map(
      (query) => `document-alerts${query}`,
    ),
    ...ids.map((id) => `document-alerts/${id}`),
  ],
  questions: [
    ...NUMBERS.flatMap((number) => [
      ['document-checks', { number }] as const,
      ['document-checks', { number: ` ${number.toLowerCase()}`, issuingState: 'AL', protection: true }] as const,
    ]),
    ['document-checks', NOT_THERE],
    ['document-checks', { mrz: 'P<ALB' }],
    ['document-checks:batch', { checks: [...NUMBERS.map((number) => ({ number, type: 'visa' })), NOT_THERE, {}] }],
  ],
  routes: [
    ...['document-alerts 200', 'document-alerts 400', 'document-alerts/:id 200', 'document-alerts/:id 404'],
    ...['POST document-checks 200', 'POST document-checks 400', 'POST document-checks:batch 200'],
  ],
};
