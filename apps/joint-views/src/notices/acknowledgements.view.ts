import type { AcknowledgementContent } from '#contracts';
import type { Rows } from '../records/record.ts';
import { innerTable } from '../records/tables.ts';
import type { Released, View } from '../records/view.ts';

/** That a member took note of what may not be a notice of its. */
export function acknowledgementRows({ at, content }: Released): Rows {
  return { acknowledgements: [{ notice: (content as AcknowledgementContent).notice, at }] };
}

export const acknowledgementsView: View = {
  name: 'acknowledgements',
  script: new URL('./acknowledgements.sql', import.meta.url),
  tables: [innerTable('acknowledgements', { notice: 'uuid', at: 'timestamptz' })],
  projections: {
    'accord.records.notice-acknowledged.v1': { kind: 'acknowledgement', rows: acknowledgementRows },
  },
};
