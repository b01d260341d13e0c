import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { readReason } from '#contracts';
import type { Answer } from '#event-store';
import { Idempotency } from '../../records/idempotency.ts';
import { Records } from '../../records/records.ts';
import { reports } from '../report.record.ts';
import { EraseReport } from './erase-report.command.ts';

@CommandHandler(EraseReport)
export class EraseReportHandler implements ICommandHandler<EraseReport> {
  constructor(
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Records) private readonly records: Records,
  ) {}

  execute({ caller, headers, id, body }: EraseReport): Promise<Answer> {
    const { reason } = readReason(body);
    const asked = { caller, headers, operation: `erase report ${id}`, body: { reason } };
    return this.idempotency.run(asked, async (_, acting) => {
      const { version } = await this.records.act(reports, id, acting, () => ({ type: 'erase' as const, reason }));
      return { status: 200, answer: { id, version } };
    });
  }
}
