import { Module } from '@nestjs/common';
import { ClaimOnOperationController } from './claim-on-operation/claim-on-operation.controller.ts';
import { ClaimOnOperationHandler } from './claim-on-operation/claim-on-operation.handler.ts';
import { EndOperationController } from './end-operation/end-operation.controller.ts';
import { EndOperationHandler } from './end-operation/end-operation.handler.ts';
import { PlanOperationController } from './plan-operation/plan-operation.controller.ts';
import { PlanOperationHandler } from './plan-operation/plan-operation.handler.ts';
import { ReadOperationsController } from './read-operations/read-operations.controller.ts';

/** Operations: planned by their lead, approved and fed by their participants, each at its own node. */
@Module({
  controllers: [PlanOperationController, ClaimOnOperationController, EndOperationController, ReadOperationsController],
  providers: [PlanOperationHandler, ClaimOnOperationHandler, EndOperationHandler],
})
export class OperationsModule {}
