import type { AssistanceContent } from '#contracts';
import type { Rows } from '../records/record.ts';
import { snapshotTable } from '../records/tables.ts';
import { snapshots, type Released, type View } from '../records/view.ts';

/** Assistance as its donor tells it, whichever event tells it. */
export function assistanceRows({ content }: Released): Rows {
  const { receiver, kind, item, quantity, amount, currency, drawn, draws, ...rest } = content as AssistanceContent;
  const row = {
    ...{ receiver, kind, item, stage: rest.stage },
    quantity: quantity ?? null,
    amount: amount ?? null,
    currency: currency ?? null,
    drawn: drawn ?? null,
    draws: draws ?? [],
    pledged_at: rest.pledgedAt,
    delivered_at: rest.deliveredAt ?? null,
    handling_text: rest.handlingText ?? null,
  };
  return { assistance: [row] };
}

export const assistanceView: View = {
  name: 'assistance',
  script: new URL('./schema.sql', import.meta.url),
  tables: [
    snapshotTable('assistance', {
      receiver: 'text',
      kind: 'text',
      item: 'text',
      quantity: 'integer',
      amount: 'numeric',
      currency: 'text',
      drawn: 'numeric',
      draws: 'jsonb',
      stage: 'text',
      pledged_at: 'timestamptz',
      delivered_at: 'timestamptz',
      handling_text: 'text',
    }),
  ],
  feeds: [{ kind: 'assistance', table: 'assistance' }],
  projections: snapshots(
    'assistance',
    [
      'accord.assistance.assistance-released.v1',
      'accord.assistance.assistance-delivered.v1',
      'accord.assistance.assistance-drawn.v1',
      'accord.assistance.assistance-put-in-use.v1',
      'accord.assistance.assistance-retired.v1',
    ],
    assistanceRows,
  ),
};
