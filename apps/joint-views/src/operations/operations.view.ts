import { voidOnWhole } from '../records/parts.ts';
import { innerTable, partTable, protectedTable } from '../records/tables.ts';
import type { View } from '../records/view.ts';
import {
  approvalRows,
  arrestRows,
  conclusionRows,
  launchRows,
  operationRows,
  rescueRows,
  seizureRows,
} from './operations.projection.ts';
import { RESULT_SOURCES } from './operations.results.ts';
import { claimedBy, settleOperations } from './operations.settle.ts';

const contributions = partTable('contributions', {
  operation: 'uuid',
  kind: 'text',
  count: 'integer',
  quantity: 'numeric',
  unit: 'text',
  seizure_kind: 'text',
  value_amount: 'text',
  value_currency: 'text',
  at: 'timestamptz',
  place: 'text',
  offence: 'text',
});

const OPERATION = { wholes: 'operations', participants: 'participants' };

export const operationsView: View = {
  name: 'operations',
  script: new URL('./schema.sql', import.meta.url),
  tables: [
    protectedTable(
      'operations',
      {
        name: 'text',
        area: 'text',
        window_from: 'timestamptz',
        window_to: 'timestamptz',
        participants: 'text[]',
        targets: 'text[]',
        purpose_codes: 'text[]',
        handling_text: 'text',
      },
      { follows: ['handling_codes', 'released_at', 'updated_at', 'version'] },
    ),
    innerTable('steps', { kind: 'text', at: 'timestamptz', outcome: 'text' }, { key: ['kind'], grows: true }),
    innerTable('claims', { kind: 'text', target: 'uuid', at: 'timestamptz' }),
    contributions,
  ],
  projections: {
    'accord.operations.operation-planned.v1': { kind: 'operation', rows: operationRows },
    'accord.operations.operation-launched.v1': { kind: null, rows: launchRows },
    'accord.operations.operation-concluded.v1': { kind: null, rows: conclusionRows },
    'accord.operations.operation-approved.v1': { kind: 'claim', rows: approvalRows },
    'accord.operations.arrests-made.v1': { kind: 'contribution', rows: arrestRows },
    'accord.operations.seizure-made.v1': { kind: 'contribution', rows: seizureRows },
    'accord.operations.people-rescued.v1': { kind: 'contribution', rows: rescueRows },
  },
  parts: [{ kind: 'contribution', table: 'contributions', whole: 'operation', ...OPERATION }],
  voids: [
    {
      kinds: ['claim'],
      sql: voidOnWhole({
        said: `select record, target, at from views.claims where originator = $1 and kind = 'approval'`,
        whole: 'target',
        ...OPERATION,
      }),
    },
  ],
  results: RESULT_SOURCES,
  // What its participants did is a part of it, where this viewer may see that.
  feeds: [
    {
      kind: 'operation',
      table: 'operations',
      version: `t.version || ' ' || coalesce((
        select md5(string_agg(c.record::text, ',' order by c.record))
        from views.contributions c where c.operation = t.record), '')`,
    },
  ],
  settle: settleOperations,
  touched: claimedBy,
};
