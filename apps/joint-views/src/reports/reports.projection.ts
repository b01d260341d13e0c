import type { ReportContent } from '#contracts';
import type { Rows } from '../records/record.ts';
import { protectedTable } from '../records/tables.ts';
import type { Released, View } from '../records/view.ts';

/** A report, or its tear line, as its own row. */
export function reportRows({ access, content }: Released): Rows {
  const { title, grading, handlingText, legalBasis } = content as ReportContent;
  const row = {
    title,
    grading,
    handling_text: handlingText ?? null,
    purpose_codes: access?.purposes ?? [],
    legal_basis: legalBasis,
  };
  return { reports: [row] };
}

const report = { kind: 'report', rows: reportRows };

export const reportsView: View = {
  name: 'reports',
  script: new URL('./schema.sql', import.meta.url),
  tables: [
    protectedTable(
      'reports',
      { title: 'text', grading: 'jsonb', handling_text: 'text', purpose_codes: 'text[]', legal_basis: 'text' },
      { follows: ['category', 'handling_codes', 'released_at', 'updated_at', 'version'] },
    ),
  ],
  feeds: [{ kind: 'report', table: 'reports' }],
  projections: {
    'accord.intelligence.report-released.v1': report,
    'accord.intelligence.report-amended.v1': report,
  },
};
