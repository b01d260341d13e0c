import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { readReason } from '#contracts';
import type { Answer } from '#event-store';
import { Idempotency } from '../../records/idempotency.ts';
import { Records } from '../../records/records.ts';
import { contributions } from '../contribution.ts';
import { operations } from '../operation.record.ts';
import { EndOperation } from './end-operation.command.ts';

@CommandHandler(EndOperation)
export class EndOperationHandler implements ICommandHandler<EndOperation> {
  constructor(
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Records) private readonly records: Records,
  ) {}

  execute({ caller, headers, what: { kind, end, id }, body }: EndOperation): Promise<Answer> {
    const command = { type: end, reason: readReason(body).reason };
    const asked = { caller, headers, operation: `${end} ${kind} ${id}`, body: { reason: command.reason } };
    return this.idempotency.run(asked, async (_, acting) => {
      const { version } =
        kind === 'operation'
          ? await this.records.act(operations, id, acting, () => command)
          : await this.records.act(contributions, id, acting, () => command);
      return { status: 200, answer: { id, version } };
    });
  }
}
