import type { RecordModule, Summary } from '../records/record-module.ts';
import { namesOf } from '../records/touches.ts';
import { decide, type OperationCommand } from './operation.decide.ts';
import { publicationOf } from './operation.release.ts';
import { evolve, initialOperation, type Operation, type OperationFact } from './operation.ts';

const summary = (operation: Operation): Summary | null =>
  operation.state === 'none'
    ? null
    : {
        state: operation.state,
        classification: operation.handling.classification,
        reviewBy: operation.handling.reviewBy,
        satellites: [],
        touches: operation.state === 'erased' ? [] : namesOf(operation.plan.content.targets),
      };

/** Operations that this member leads. */
export const operations: RecordModule<Operation, OperationFact, OperationCommand> = {
  kind: 'operation',
  initial: initialOperation,
  evolve,
  decide,
  publicationOf,
  summary,
  reshield: (shield) => ({ type: 'reshield', shield }),
  expire: () => ({ type: 'expire' }),
  backfill: (backfill) => ({ type: 'backfill', backfill }),
};
