import { Inject, Injectable } from '@nestjs/common';
import { Forbidden, Problem, readReport, uuidv8, type ReportBody } from '#contracts';
import type { MemberPrincipal } from '#platform';
import { ListQueries } from '../../records/list-queries.ts';
import { Idempotency } from '../../records/idempotency.ts';
import type { Acting } from '../../records/records.ts';
import type { Handling } from '../../records/release.ts';
import { touchesOf } from '../../records/touches.ts';
import { NODE, type NodeIdentity } from '../../node.ts';
import { TaskForce } from '../../task-force/task-force.ts';
import { Statements } from '../statements.service.ts';
import type { ReportContent } from '../report.ts';
import type { Submission, Terms } from './submission.ts';

/** A body that has the right shape. `planned` is the report's id where it has no external one. */
export interface Incoming {
  body: ReportBody;
  planned: string;
  acting: Acting;
}

const asksRelease = (body: unknown): boolean => typeof body === 'object' && body !== null && 'release' in body;

/** Checks reports one by one, whether they come alone or in a batch. */
@Injectable()
export class ReportIntake {
  constructor(
    @Inject(NODE) private readonly node: NodeIdentity,
    @Inject(ListQueries) private readonly queries: ListQueries,
    @Inject(TaskForce) private readonly taskForce: TaskForce,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Statements) private readonly statements: Statements,
  ) {}

  /** The body's shape and grading. Throws Problems. */
  read(caller: MemberPrincipal, body: unknown): ReportBody {
    if (asksRelease(body) && !caller.roles.includes('supervisor')) {
      throw new Forbidden('To release a report needs the role supervisor.');
    }
    return readReport(body);
  }

  /** Entities and audience, against what this node knows. In the order given; a Problem where one is refused. */
  async prepare(incoming: readonly Incoming[]): Promise<(Submission | Problem)[]> {
    const named = incoming.flatMap(({ body }) =>
      this.statements.globalIds(body.entities, body.release?.tearLine?.entities),
    );
    const known = await this.queries.known([...new Set(named)]);
    return incoming.map((one) => {
      try {
        return this.prepareOne(one, known);
      } catch (error) {
        if (error instanceof Problem) return error;
        throw error;
      }
    });
  }

  private prepareOne({ body, planned, acting }: Incoming, known: ReadonlySet<string>): Submission {
    const id = body.externalId === undefined ? planned : uuidv8(this.node.member, 'report', body.externalId);
    const entities = this.statements.make(id, body.entities, known, '/entities');
    const release = this.termsOf(id, body, known);
    return {
      id,
      acting,
      handling: handlingOf(body),
      content: contentOf(body, entities),
      fingerprint: this.idempotency.fingerprint(body),
      touches: touchesOf(release?.tearLine ? [...entities, ...release.tearLine.content.entities] : entities),
      release,
    };
  }

  private termsOf(id: string, { release }: ReportBody, known: ReadonlySet<string>): Terms | null {
    if (!release) return null;
    const { purposes, notBefore, tearLine } = release;
    const audience = this.taskForce.resolve(release.audience, '/release/audience');
    const terms: Terms = { audience, purposes, notBefore: notBefore ?? null };
    if (!tearLine) return terms;
    const path = '/release/tearLine';
    return { ...terms, tearLine: this.statements.tearLine(id, tearLine, known, path) };
  }
}

const handlingOf = ({ category, classification, handlingCodes, reviewBy }: ReportBody): Handling => ({
  category,
  classification,
  handlingCodes,
  reviewBy,
});

const contentOf = (body: ReportBody, entities: ReportContent['entities']): ReportContent => ({
  ...(body.externalId === undefined ? {} : { externalId: body.externalId }),
  title: body.title,
  grading: body.grading,
  ...(body.handlingText === undefined ? {} : { handlingText: body.handlingText }),
  legalBasis: body.legalBasis,
  entities,
});
