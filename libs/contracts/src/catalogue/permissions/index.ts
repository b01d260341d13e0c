import { Type, type Static } from '@sinclair/typebox';
import * as f from '../../schemas/fields.ts';
import { GrantBody, PermissionRequestBody, RefuseBody } from '../../schemas/permissions.ts';
import { defineEvent } from '../definition.ts';

const ofRequest = { request: f.uuid };
const request = '01980000-0000-7000-8000-0000000000b1';

/** What a member asks of an originator, about a record that may not be there. */
export const PermissionRequestContent = PermissionRequestBody;
export type PermissionRequestContent = PermissionRequestBody;

/** The originator's answers, on a request that may not be there: the last one stands. */
export const GrantContent = Type.Object({ ...ofRequest, ...GrantBody.properties }, f.strict);
export type GrantContent = Static<typeof GrantContent>;
export const RefusalContent = Type.Object({ ...ofRequest, ...RefuseBody.properties }, f.strict);
export type RefusalContent = Static<typeof RefusalContent>;

/** The member that asked takes its request back, and with it what was granted. */
export const WithdrawnRequestContent = Type.Object(ofRequest, f.strict);
export type WithdrawnRequestContent = Static<typeof WithdrawnRequestContent>;

export const permissionRequested = defineEvent({
  type: 'accord.permissions.permission-requested.v1',
  carries: 'sealed',
  schema: PermissionRequestContent,
  example: {
    record: '01980000-0000-7000-8000-000000000001',
    code: 'H1',
    scope: 'Proceedings 12/2026 at the court in Tirana',
    reason: 'The route that it describes is part of the charge.',
  },
});

export const permissionGranted = defineEvent({
  type: 'accord.permissions.permission-granted.v1',
  carries: 'sealed',
  schema: GrantContent,
  example: { request, scope: 'Proceedings 12/2026 at the court in Tirana', until: '2027-01-01T00:00:00Z' },
});

export const permissionRefused = defineEvent({
  type: 'accord.permissions.permission-refused.v1',
  carries: 'sealed',
  schema: RefusalContent,
  example: { request, reason: 'It would show a source.' },
});

export const permissionWithdrawn = defineEvent({
  type: 'accord.permissions.permission-withdrawn.v1',
  carries: 'sealed',
  schema: WithdrawnRequestContent,
  example: { request },
});
