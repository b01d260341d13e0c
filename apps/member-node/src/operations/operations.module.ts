import { Module } from '@nestjs/common';
import { endControllers } from '../http/end.controllers.ts';
import { readController } from '../http/read.controller.ts';
import { ClaimOnOperationController } from './claim-on-operation/claim-on-operation.controller.ts';
import { ClaimOnOperationHandler } from './claim-on-operation/claim-on-operation.handler.ts';
import { operations } from './operation.record.ts';
import { PlanOperationController } from './plan-operation/plan-operation.controller.ts';
import { PlanOperationHandler } from './plan-operation/plan-operation.handler.ts';
import { operationItem } from './read-operations/operation-view.ts';

/** Operations: planned by their lead, approved and fed by their participants, each at its own node. */
@Module({
  controllers: [
    PlanOperationController,
    ClaimOnOperationController,
    ...endControllers('operations', operations),
    readController('operations', operations, { item: operationItem }),
  ],
  providers: [PlanOperationHandler, ClaimOnOperationHandler],
})
export class OperationsModule {}
