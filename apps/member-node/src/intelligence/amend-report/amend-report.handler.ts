import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Forbidden, InvalidRequest, readAmendment, type AmendBody } from '#contracts';
import type { Answer } from '#event-store';
import type { MemberPrincipal } from '#platform';
import { Idempotency } from '../../records/idempotency.ts';
import { ListQueries } from '../../records/list-queries.ts';
import { Records } from '../../records/records.ts';
import { touchesOf } from '../../records/touches.ts';
import type { AmendReport as Amendment } from '../report.decide.ts';
import { entitiesOf, reports } from '../report.record.ts';
import type { OwnStatement, Report } from '../report.ts';
import { Statements } from '../statements.service.ts';
import { AmendReport } from './amend-report.command.ts';

@CommandHandler(AmendReport)
export class AmendReportHandler implements ICommandHandler<AmendReport> {
  constructor(
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Records) private readonly records: Records,
    @Inject(ListQueries) private readonly queries: ListQueries,
    @Inject(Statements) private readonly statements: Statements,
  ) {}

  async execute({ caller, headers, id, body }: AmendReport): Promise<Answer> {
    const checked = readAmendment(body);
    const asked = { caller, headers, operation: `amend report ${id}`, body: checked };
    const { status, answer } = await this.idempotency.run(asked, async (_, acting) => {
      const named = checked.entities ? await this.namesOf(id, checked.entities) : undefined;
      const { version } = await this.records.act(reports, id, acting, async (report, { know }) => {
        assertMayAmend(report, caller);
        const amendment = amendmentOf(report, checked, named);
        const touches = touchesOf([...(named ?? []), ...entitiesOf(report)]);
        return { ...amendment, shield: (await know(touches)).shieldOf(touches) };
      });
      return { status: 200, answer: { id, version } };
    });
    const { entities } = checked;
    return { status, answer: { ...answer, ...(entities && { entities: this.statements.idsOf(id, entities) }) } };
  }

  private async namesOf(id: string, entities: NonNullable<AmendBody['entities']>) {
    const known = await this.queries.known(this.statements.globalIds(entities));
    return this.statements.make(id, entities, known, '/entities');
  }
}

/** What others have been told is a supervisor's to change. */
const assertMayAmend = (report: Report, caller: MemberPrincipal): void => {
  if (report.state !== 'submitted' && !caller.roles.includes('supervisor')) {
    throw new Forbidden('To amend a report that was released needs the role supervisor.');
  }
};

const HANDLING = ['category', 'classification', 'handlingCodes', 'reviewBy'] as const;
const CONTENT = ['title', 'grading', 'handlingText', 'legalBasis'] as const;

const pick = <T extends object, K extends keyof T>(from: T, names: readonly K[]): Partial<Pick<T, K>> =>
  Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]])) as Partial<
    Pick<T, K>
  >;

const amendmentOf = (
  report: Report,
  body: AmendBody,
  entities: readonly OwnStatement[] | undefined,
): Omit<Amendment, 'shield'> => {
  const codes = body.handlingCodes ?? ('handling' in report ? report.handling.handlingCodes : []);
  const text = body.handlingText ?? ('content' in report ? report.content.handlingText : undefined);
  if (codes.includes('H3') && text === undefined) {
    const message = 'The handling code H3 needs a text that says what is restricted.';
    throw new InvalidRequest([{ path: '/handlingText', rule: 'required', message }]);
  }
  return {
    type: 'amend',
    handling: pick(body, HANDLING),
    content: { ...pick(body, CONTENT), ...(entities && { entities }) },
    reason: body.reason,
  };
};
