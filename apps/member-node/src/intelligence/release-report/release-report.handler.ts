import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { readRelease, type ReleaseBody } from '#contracts';
import type { Answer } from '#event-store';
import { Idempotency } from '../../records/idempotency.ts';
import { ListQueries } from '../../records/list-queries.ts';
import { Records } from '../../records/records.ts';
import { touchesOf } from '../../records/touches.ts';
import { TaskForce } from '../../task-force/task-force.ts';
import { entitiesOf, reports } from '../report.record.ts';
import { Statements } from '../statements.service.ts';
import type { Terms } from '../submit-report/submission.ts';
import { ReleaseReport } from './release-report.command.ts';

@CommandHandler(ReleaseReport)
export class ReleaseReportHandler implements ICommandHandler<ReleaseReport> {
  constructor(
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Records) private readonly records: Records,
    @Inject(ListQueries) private readonly queries: ListQueries,
    @Inject(TaskForce) private readonly taskForce: TaskForce,
    @Inject(Statements) private readonly statements: Statements,
  ) {}

  async execute({ caller, headers, id, body }: ReleaseReport): Promise<Answer> {
    const checked = readRelease(body);
    const asked = { caller, headers, operation: `release report ${id}`, body: checked };
    return this.idempotency.run(asked, async (_, acting) => {
      const terms = await this.termsOf(id, checked);
      const { version, state } = await this.records.act(reports, id, acting, async (report, { at, know }) => {
        const touches = touchesOf([...entitiesOf(report), ...(terms.tearLine?.content.entities ?? [])]);
        return { type: 'release' as const, at, shield: (await know(touches)).shieldOf(touches), ...terms };
      });
      const tearLine = 'tearLine' in state && state.tearLine ? { tearLine: { id: state.tearLine.id } } : {};
      return { status: 200, answer: { id, version, ...tearLine } };
    });
  }

  private async termsOf(id: string, { audience, purposes, notBefore, tearLine }: ReleaseBody): Promise<Terms> {
    const resolved = this.taskForce.resolve(audience, '/audience');
    const terms: Terms = { audience: resolved, purposes, notBefore: notBefore ?? null };
    if (!tearLine) return terms;
    const known = await this.queries.known(this.statements.globalIds(tearLine.entities));
    return { ...terms, tearLine: this.statements.tearLine(id, tearLine, known, '/tearLine') };
  }
}
