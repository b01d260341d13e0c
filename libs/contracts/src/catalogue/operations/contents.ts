import { Type, type Static } from '@sinclair/typebox';
import { SEIZURE_KINDS } from '../../codes/index.ts';
import * as f from '../../schemas/fields.ts';
import { ArrestsBody, ConcludeBody, OperationBody, RescueBody, SeizureBody, Window } from '../../schemas/operations.ts';

/** The operation that a participant speaks of, which may be another member's, or not be there at all. */
const ofOperation = { operation: f.uuid };

/** An operation as planned by its lead, whole. */
export const OperationContent = Type.Object(
  {
    name: OperationBody.properties.name,
    participants: f.members,
    area: OperationBody.properties.area,
    window: Window,
    targets: f.entityIds,
    handlingText: Type.Optional(f.handlingText),
  },
  f.strict,
);
export type OperationContent = Static<typeof OperationContent>;

/** A participant's approval. */
export const ApprovalContent = Type.Object(ofOperation, f.strict);
export type ApprovalContent = Static<typeof ApprovalContent>;

/** The lead's launch; the operation is the event's own record. */
export const LaunchContent = Type.Object({}, f.strict);
export type LaunchContent = Static<typeof LaunchContent>;

/** The lead's conclusion; the operation is the event's own record. */
export const ConclusionContent = ConcludeBody;
export type ConclusionContent = Static<typeof ConclusionContent>;

export const ArrestsContent = Type.Object({ ...ofOperation, ...ArrestsBody.properties }, f.strict);
export type ArrestsContent = Static<typeof ArrestsContent>;

const Worth = Type.Object(
  {
    amount: Type.String({ pattern: '^\\d{1,15}(\\.\\d{1,2})?$' }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  },
  f.strict,
);
export const SeizureContent = Type.Object(
  { ...ofOperation, ...SeizureBody.properties, kind: f.oneOf(SEIZURE_KINDS), value: Type.Optional(Worth) },
  f.strict,
);
export type SeizureContent = Static<typeof SeizureContent>;

export const RescueContent = Type.Object({ ...ofOperation, ...RescueBody.properties }, f.strict);
export type RescueContent = Static<typeof RescueContent>;
