import type { Loaded } from '../../records/writer.ts';
import type { HeldOperation, Operation } from '../operation.ts';

const heldOperation = ({ plan, handling, release, shield, stage, outcome }: HeldOperation): object => ({
  ...(plan.externalId === undefined ? {} : { externalId: plan.externalId }),
  ...plan.content,
  stage,
  ...(outcome === null ? {} : { outcome }),
  ...handling,
  purposes: release.purposes,
  audience: release.audience.members,
  taskForce: release.audience.taskForce,
  releasedAt: release.releasedAt,
  shield,
});

/** An operation as its lead's own node knows it: what participants have said is the joint view's. */
export const operationItem = ({ id, state, version, updatedAt }: Loaded<Operation>): object => ({
  id,
  state: state.state,
  version,
  updatedAt,
  ...(state.state === 'none' || state.state === 'erased' ? {} : heldOperation(state)),
});
