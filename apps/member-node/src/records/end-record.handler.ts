import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { readReason } from '#contracts';
import type { Answer } from '#event-store';
import { EndRecord } from './end-record.command.ts';
import { Idempotency } from './idempotency.ts';
import { Records } from './records.ts';

@CommandHandler(EndRecord)
export class EndRecordHandler implements ICommandHandler<EndRecord> {
  constructor(
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Records) private readonly records: Records,
  ) {}

  execute({ caller, headers, what: { record, end, id }, body }: EndRecord): Promise<Answer> {
    const { reason } = readReason(body);
    const asked = { caller, headers, operation: `${end} ${record.kind} ${id}`, body: { reason } };
    return this.idempotency.run(asked, async (_, acting) => {
      const { version } = await this.records.end(record, id, acting, { type: end, reason });
      return { status: 200, answer: { id, version } };
    });
  }
}
