import type { GrantContent, PermissionRequestContent, RefusalContent, WithdrawnRequestContent } from '#contracts';
import type { Rows } from '../records/record.ts';
import { innerTable } from '../records/tables.ts';
import type { Released, View } from '../records/view.ts';

/** What a member asks of a record that may not be there: judged when it is read. */
export function requestRows({ at, content }: Released): Rows {
  const { record, code, scope, reason } = content as PermissionRequestContent;
  return { permission_requests: [{ target: record, code, scope, reason, at }] };
}

const NOTHING = { scope: null, until: null, reason: null };

export function grantRows({ at, content }: Released): Rows {
  const { request, scope, until } = content as GrantContent;
  return { permission_answers: [{ ...NOTHING, request, kind: 'granted', scope, until, at }] };
}

export function refusalRows({ at, content }: Released): Rows {
  const { request, reason } = content as RefusalContent;
  return { permission_answers: [{ ...NOTHING, request, kind: 'refused', reason, at }] };
}

export function withdrawalRows({ at, content }: Released): Rows {
  const { request } = content as WithdrawnRequestContent;
  return { permission_answers: [{ ...NOTHING, request, kind: 'withdrawn', at }] };
}

const answered = innerTable('permission_answers', {
  request: 'uuid',
  kind: 'text',
  scope: 'text',
  until: 'timestamptz',
  reason: 'text',
  at: 'timestamptz',
});

export const permissionsView: View = {
  name: 'permissions',
  script: new URL('./schema.sql', import.meta.url),
  tables: [
    innerTable('permission_requests', {
      target: 'uuid',
      code: 'text',
      scope: 'text',
      reason: 'text',
      at: 'timestamptz',
    }),
    { ...answered, mirrors: { ...answered.mirrors, sequence: 'sequence' } },
  ],
  projections: {
    'accord.permissions.permission-requested.v1': { kind: 'permission-request', rows: requestRows },
    'accord.permissions.permission-granted.v1': { kind: 'permission-answer', rows: grantRows },
    'accord.permissions.permission-refused.v1': { kind: 'permission-answer', rows: refusalRows },
    'accord.permissions.permission-withdrawn.v1': { kind: 'permission-answer', rows: withdrawalRows },
  },
};
