import type { DocumentAlertContent } from '#contracts';
import type { Database } from '#sql';
import { alertRows } from '../documents/documents.projection.ts';
import { putSnapshot, uuid, type RecordGiven } from './fixtures.ts';

export interface AlertGiven extends RecordGiven {
  content?: Partial<DocumentAlertContent>;
}

const DEFAULTS: DocumentAlertContent = {
  number: 'BA1234567',
  type: 'passport',
  issuingState: 'AL',
  status: 'stolen',
  since: '2026-01-01',
  stage: 'in-force',
};

/** An alert of GB's about an Albanian passport, for document-fraud, unless it says otherwise. */
export const putAlert = (db: Database, { content, ...given }: AlertGiven): Promise<void> => {
  const said = {
    id: uuid(1),
    type: 'x',
    record: given.id,
    originator: 'GB',
    at: '2026-01-01T00:00:00.000Z',
    access: null,
  };
  const columns = alertRows({ ...said, content: { ...DEFAULTS, ...content } })['document_alerts']![0]!;
  const placed = { table: 'document_alerts', kind: 'document-alert', columns };
  return putSnapshot(db, { category: 'document', purposes: ['document-fraud'], ...given, ...placed });
};
