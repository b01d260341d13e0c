import { defineEvent } from '../definition.ts';
import { DocumentAlertContent } from './contents.ts';

export * from './contents.ts';

const example: DocumentAlertContent = {
  number: 'BA1234567',
  type: 'passport',
  issuingState: 'AL',
  status: 'forged',
  since: '2026-01-01',
  finding: { machine: 'Desk 3', pattern: 'The data page is of another batch.', images: ['0'.repeat(64)] },
  stage: 'in-force',
};

/** A document is lost, stolen, revoked or forged; also told anew when it is released to others. */
export const alertReleased = defineEvent({
  type: 'accord.documents.alert-released.v1',
  carries: 'sealed',
  schema: DocumentAlertContent,
  example,
});

/** It may be honoured again, or should never have been in the register. */
export const alertWithdrawn = defineEvent({
  type: 'accord.documents.alert-withdrawn.v1',
  carries: 'sealed',
  schema: DocumentAlertContent,
  example: { ...example, stage: 'withdrawn' },
});
