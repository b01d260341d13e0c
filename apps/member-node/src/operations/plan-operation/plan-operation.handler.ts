import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { readOperation, uuidv8, WrongState, type OperationBody } from '#contracts';
import type { Answer } from '#event-store';
import { CLOCK, type Clock } from '#platform';
import { NODE, type NodeIdentity } from '../../node.ts';
import { handlingOf } from '../../records/handling.ts';
import { Idempotency } from '../../records/idempotency.ts';
import { Records, type Acting } from '../../records/records.ts';
import { namesOf } from '../../records/touches.ts';
import { TaskForce } from '../../task-force/task-force.ts';
import { operations } from '../operation.record.ts';
import type { Plan } from '../operation.ts';
import { PlanOperation } from './plan-operation.command.ts';

@CommandHandler(PlanOperation)
export class PlanOperationHandler implements ICommandHandler<PlanOperation> {
  constructor(
    @Inject(NODE) private readonly node: NodeIdentity,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Records) private readonly records: Records,
    @Inject(TaskForce) private readonly taskForce: TaskForce,
  ) {}

  async execute({ caller, headers, body }: PlanOperation): Promise<Answer> {
    const checked = readOperation(body);
    return this.idempotency.run({ caller, headers, operation: 'plan operation', body: checked }, (planned, acting) => {
      const { externalId } = checked;
      const id = externalId === undefined ? planned : uuidv8(this.node.member, 'operation', externalId);
      return this.plan(id, checked, acting);
    });
  }

  private async plan(id: string, body: OperationBody, acting: Acting): Promise<Answer> {
    const participants = this.taskForce.resolve(body.participants, '/participants').members;
    const audience = this.taskForce.resolve(body.audience ?? body.participants, '/audience');
    const fingerprint = this.idempotency.fingerprint(body);
    const handling = handlingOf('operation', body, this.node, this.clock.now());
    const { state, created } = await this.records.create(operations, id, acting, async (_, { at, know }) => {
      const targets = namesOf(body.targets);
      const release = { audience, purposes: body.purposes, notBefore: null, releasedAt: at };
      const shield = (await know(targets)).shieldOf(targets);
      return { type: 'plan' as const, id, handling, release, plan: planOf(body, participants), fingerprint, shield };
    });
    if ('fingerprint' in state && state.fingerprint !== fingerprint) {
      throw new WrongState('external-id-reused', 'This externalId was used for another operation.');
    }
    return { status: created ? 201 : 200, answer: { id, version: 1 } };
  }
}

const planOf = (body: OperationBody, participants: readonly string[]): Plan => ({
  ...(body.externalId === undefined ? {} : { externalId: body.externalId }),
  content: {
    name: body.name,
    participants: [...participants],
    area: body.area,
    window: body.window,
    targets: body.targets,
    ...(body.handlingText === undefined ? {} : { handlingText: body.handlingText }),
  },
});
