import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { readReason } from '#contracts';
import type { Answer } from '#event-store';
import { Idempotency } from '../records/idempotency.ts';
import { Records } from '../records/records.ts';
import { contributions } from './contribution.ts';
import { EndContribution } from './end-contribution.command.ts';

@CommandHandler(EndContribution)
export class EndContributionHandler implements ICommandHandler<EndContribution> {
  constructor(
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Records) private readonly records: Records,
  ) {}

  execute({ caller, headers, end, id, body }: EndContribution): Promise<Answer> {
    const { reason } = readReason(body);
    const asked = { caller, headers, operation: `${end} contribution ${id}`, body: { reason } };
    return this.idempotency.run(asked, async (_, acting) => {
      const { version } = await this.records.act(contributions, id, acting, () => ({ type: end, reason }));
      return { status: 200, answer: { id, version } };
    });
  }
}
