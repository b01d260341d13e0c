import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { readReason } from '#contracts';
import type { Answer } from '#event-store';
import { Idempotency } from '../../records/idempotency.ts';
import { Records } from '../../records/records.ts';
import { operations } from '../operation.record.ts';
import { EndOperation } from './end-operation.command.ts';

@CommandHandler(EndOperation)
export class EndOperationHandler implements ICommandHandler<EndOperation> {
  constructor(
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Records) private readonly records: Records,
  ) {}

  execute({ caller, headers, what: { end, id }, body }: EndOperation): Promise<Answer> {
    const command = { type: end, reason: readReason(body).reason };
    const asked = { caller, headers, operation: `${end} operation ${id}`, body: { reason: command.reason } };
    return this.idempotency.run(asked, async (_, acting) => {
      const { version } = await this.records.act(operations, id, acting, () => command);
      return { status: 200, answer: { id, version } };
    });
  }
}
