import { Type, type Static } from '@sinclair/typebox';
import * as f from './fields.ts';

/** The handling codes that an originator may give leave from: the others bind always. */
export const PERMISSION_CODES = ['H1', 'H2'] as const;
export type PermissionCode = (typeof PERMISSION_CODES)[number];

/** For what leave is asked or given: the court, the proceedings, whom it would be passed on to. */
const scope = f.text(500);

/** POST /v1/permission-requests, at the node of the member that asks. */
export const PermissionRequestBody = Type.Object(
  { record: f.uuid, code: f.oneOf(PERMISSION_CODES), scope, reason: f.reason },
  f.strict,
);
export type PermissionRequestBody = Static<typeof PermissionRequestBody>;

/** POST …/grant, at the originator's node. It ends at `until`. */
export const GrantBody = Type.Object(
  { scope, until: Type.String({ ...f.instant, description: "in the future, by the node's clock" }) },
  f.strict,
);
export type GrantBody = Static<typeof GrantBody>;

/** POST …/refuse, at the originator's node. */
export const RefuseBody = Type.Object({ reason: f.reason }, f.strict);
export type RefuseBody = Static<typeof RefuseBody>;
