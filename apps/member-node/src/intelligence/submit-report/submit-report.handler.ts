import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Problem } from '#contracts';
import type { Answer } from '#event-store';
import { Idempotency } from '../../records/idempotency.ts';
import { Statements, tearLineIdOf } from '../statements.service.ts';
import { ReportIntake } from './report-intake.ts';
import type { Submission } from './submission.ts';
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
    let submission: Submission | Problem | undefined;
    const { status, answer } = await this.idempotency.run(asked, async (planned, acting) => {
      [submission] = await this.intake.prepare([{ body: checked, planned, acting }]);
      if (submission instanceof Error) throw submission;
      const { created, id, version } = await this.submissions.submit(submission!);
      return { status: created ? 201 : 200, answer: { id, version } };
    });
    // Local ids are the caller's words, so they are no part of the answer that is kept for the key.
    const { id } = answer as { id: string };
    const made = submission && 'content' in submission ? submission.content.entities : undefined;
    const entities = this.statements.idsOf(id, checked.entities, made);
    const torn = checked.release?.tearLine ? { tearLine: { id: tearLineIdOf(id) } } : {};
    return { status, answer: { ...answer, entities, ...torn } };
  }
}
