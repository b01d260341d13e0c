import { Inject, Injectable } from '@nestjs/common';
import {
  checkEntities,
  entityId,
  globalReferences,
  parseEntityId,
  uuidv8,
  withGlobalIds,
  type EntityInput,
  type TearLineBody,
} from '#contracts';
import { NODE, type NodeIdentity } from '../node.ts';
import { TaskForce } from '../task-force/task-force.ts';
import type { OwnStatement } from './report.ts';
import type { Terms } from './submit-report/submission.ts';

/** A tear line is a record of its own; its id follows from its report's. */
export const tearLineIdOf = (report: string): string => uuidv8(report, 'tear-line');

/** Makes statements of what a caller said: checked, and with global ids. */
@Injectable()
export class Statements {
  constructor(
    @Inject(NODE) private readonly node: NodeIdentity,
    @Inject(TaskForce) private readonly taskForce: TaskForce,
  ) {}

  /** The global ids that these entities use: whether this member has used them before is to be looked up. */
  globalIds(entities: readonly EntityInput[], others: readonly EntityInput[] = []): string[] {
    return [...new Set([...globalReferences(entities), ...globalReferences(others)])];
  }

  /** The global ids that the entities of this report have or will have, by local ones. `made`: what was made of them. */
  idsOf(report: string, entities: readonly EntityInput[], made?: readonly OwnStatement[]): Record<string, string> {
    return Object.fromEntries(entities.map(({ id }, n) => [id, made?.[n]?.id ?? this.globalId(report, id)]));
  }

  private globalId(report: string, id: string): string {
    return parseEntityId(id) ? id : entityId(this.node.member, uuidv8(report, 'entity', id));
  }

  /** A local id means the same entity in a report, its amendments and its tear line: the id is derived from both. */
  make(report: string, input: readonly EntityInput[], known: ReadonlySet<string>, path: string): OwnStatement[] {
    const { member } = this.node;
    const checked = checkEntities(input, { member, known: (id) => known.has(id), path });
    const ids = new Map(checked.map(({ id }) => [id, this.globalId(report, id)]));
    return withGlobalIds(checked, ids);
  }

  tearLine(
    report: string,
    body: TearLineBody,
    known: ReadonlySet<string>,
    path: string,
  ): NonNullable<Terms['tearLine']> {
    const { title, entities, audience } = body;
    return {
      id: tearLineIdOf(report),
      content: { title, entities: this.make(report, entities, known, `${path}/entities`) },
      audience: this.taskForce.resolve(audience, `${path}/audience`),
    };
  }
}
