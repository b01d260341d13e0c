import { normalizeIdentifier, type DocumentAlertContent } from '#contracts';
import type { Rows } from '../records/record.ts';
import { snapshotTable } from '../records/tables.ts';
import { snapshots, type Released, type View } from '../records/view.ts';

/** A document's entry in the register, with its number as checks compare it. */
export function alertRows({ content }: Released): Rows {
  const { number, type, issuingState, status, since, finding, stage, handlingText } = content as DocumentAlertContent;
  const row = {
    number,
    number_key: normalizeIdentifier(number),
    type,
    issuing_state: issuingState,
    status,
    since,
    finding: finding ?? null,
    stage,
    handling_text: handlingText ?? null,
  };
  return { document_alerts: [row] };
}

/** A document that was put in the register, for as long as it stands there: what it is not to be honoured for, as its kind. */
const STOPPED = `
  select t.originator as member, t.released_at as at, t.status as kind, 'document'::text as unit, 1::numeric as quantity,
    array[t.record] as records, array[t.originator] as originators
  from views.document_alerts t where t.stage = 'in-force' and t.state in (0, 2)`;

export const documentsView: View = {
  name: 'documents',
  script: new URL('./schema.sql', import.meta.url),
  tables: [
    snapshotTable('document_alerts', {
      number: 'text',
      number_key: 'text',
      type: 'text',
      issuing_state: 'text',
      status: 'text',
      since: 'date',
      finding: 'jsonb',
      stage: 'text',
      handling_text: 'text',
    }),
  ],
  feeds: [{ kind: 'document-alert', table: 'document_alerts' }],
  results: [{ result: 'documents-stopped', sql: STOPPED }],
  projections: snapshots(
    'document-alert',
    ['accord.documents.alert-released.v1', 'accord.documents.alert-withdrawn.v1'],
    alertRows,
  ),
};
