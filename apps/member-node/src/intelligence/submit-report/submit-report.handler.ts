import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import { Idempotency } from '../../records/idempotency.ts';
import { Statements, tearLineIdOf } from '../statements.service.ts';
import { ReportIntake } from './report-intake.ts';
import { Submissions } from './submissions.ts';
import { SubmitReport } from './submit-report.command.ts';

@CommandHandler(SubmitReport)
export class SubmitReportHandler implements ICommandHandler<SubmitReport> {
  constructor(
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(ReportIntake) private readonly intake: ReportIntake,
    @Inject(Submissions) private readonly submissions: Submissions,
    @Inject(Statements) private readonly statements: Statements,
  ) {}

  async execute({ caller, headers, body }: SubmitReport): Promise<Answer> {
    const checked = this.intake.read(caller, body);
    const asked = { caller, headers, operation: 'submit report', body: checked };
    const { status, answer } = await this.idempotency.run(asked, async (planned, acting) => {
      const [submission] = await this.intake.prepare([{ body: checked, planned, acting }]);
      if (submission instanceof Error) throw submission;
      const { created, ...said } = await this.submissions.submit(submission!);
      return { status: created ? 201 : 200, answer: said };
    });
    // Local ids are the caller's words, so they are no part of the answer that is kept for the key.
    const { id } = answer as { id: string };
    const entities = this.statements.idsOf(id, checked.entities);
    const torn = checked.release?.tearLine ? { tearLine: { id: tearLineIdOf(id) } } : {};
    return { status, answer: { ...answer, entities, ...torn } };
  }
}
