import { innerTable, partTable, protectedTable, snapshotTable } from '../records/tables.ts';
import { snapshots, type View } from '../records/view.ts';
import { VOID_RE_ENTRIES } from './re-entries.void.ts';
import * as project from './returns.projection.ts';

const returned = snapshotTable('returns', {
  participants: 'text[]',
  return_to: 'text',
  stage: 'text',
  person: 'text',
  properties: 'jsonb',
  evidence: 'text',
  biometric_reference: 'text',
  handling_text: 'text',
  opened_at: 'timestamptz',
  requested_at: 'timestamptz',
  scheduled_for: 'timestamptz',
  returned_at: 'timestamptz',
  transferred_at: 'timestamptz',
  hub: 'uuid',
  absconded_at: 'timestamptz',
  closed_at: 'timestamptz',
});

const travelDocuments = partTable('travel_documents', {
  return: 'uuid',
  kind: 'text',
  number: 'text',
  number_key: 'text',
  type: 'text',
  valid_to: 'date',
  reason: 'text',
  at: 'timestamptz',
});
const encounters = snapshotTable('encounters', {
  person: 'text',
  properties: 'jsonb',
  at: 'timestamptz',
  place: 'text',
  biometric_reference: 'text',
  handling_text: 'text',
});

/** Returns with what the state of return answers, encounters in which the same people are met again, and hubs. */
export const returnsView: View = {
  name: 'returns',
  script: new URL('./schema.sql', import.meta.url),
  tables: [
    returned,
    travelDocuments,
    encounters,
    protectedTable('person_marks', { kind: 'text', value: 'text' }, { key: ['kind', 'value'] }),
    innerTable('re_entry_words', { return: 'uuid', encounter: 'uuid', verdict: 'text', at: 'timestamptz' }),
    snapshotTable('hub_talks', { country: 'text', stage: 'text', places: 'integer', handling_text: 'text' }),
  ],
  projections: {
    ...snapshots(
      'return',
      [
        'accord.returns.return-opened.v1',
        'accord.returns.documents-requested.v1',
        'accord.returns.return-scheduled.v1',
        'accord.returns.return-completed.v1',
        'accord.returns.person-transferred.v1',
        'accord.returns.person-absconded.v1',
        'accord.returns.return-closed.v1',
      ],
      project.returnRows,
    ),
    'accord.returns.travel-document-issued.v1': { kind: 'contribution', rows: project.issuedRows },
    'accord.returns.travel-document-refused.v1': { kind: 'contribution', rows: project.refusedRows },
    ...snapshots('encounter', ['accord.returns.encounter-recorded.v1'], project.encounterRows),
    'accord.returns.re-entry-confirmed.v1': { kind: 're-entry-word', rows: project.confirmedRows },
    'accord.returns.re-entry-dismissed.v1': { kind: 're-entry-word', rows: project.dismissedRows },
    ...snapshots(
      'hub-talks',
      [
        'accord.returns.hub-talks-proposed.v1',
        'accord.returns.hub-talks-started.v1',
        'accord.returns.hub-talks-agreed.v1',
        'accord.returns.hub-talks-declined.v1',
      ],
      project.hubTalksRows,
    ),
  },
  // What the state of return answered is a part of it, where this viewer may see that.
  feeds: [
    {
      kind: 'return',
      table: 'returns',
      version: `t.version || ' ' || coalesce((
        select md5(string_agg(d.record::text, ',' order by d.record))
        from views.travel_documents d where d."return" = t.record), '')`,
    },
    { kind: 'encounter', table: 'encounters' },
    { kind: 'hub-talks', table: 'hub_talks' },
  ],
  parts: [
    {
      kind: 'contribution',
      table: 'travel_documents',
      whole: 'return',
      wholes: 'returns',
      participants: 'participants',
    },
  ],
  voids: [{ kinds: ['re-entry-word'], sql: VOID_RE_ENTRIES }],
  results: [
    {
      result: 'returns',
      sql: `select r.originator as member, r.returned_at as at, null::text as kind, null::text as unit, 1::numeric as quantity,
          array[r.record] as records, array[r.originator] as originators
        from views.returns r where r.returned_at is not null and r.state in (0, 2)`,
    },
  ],
};
