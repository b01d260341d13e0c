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

interface Made {
  entities: OwnStatement[];
  /** Global ids by local ones. */
  ids: Record<string, string>;
}

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

  /** A local id means the same entity in a report, its amendments and its tear line: the id is derived from both. */
  make(report: string, input: readonly EntityInput[], known: ReadonlySet<string>, path: string): Made {
    const { member } = this.node;
    const checked = checkEntities(input, { member, known: (id) => known.has(id), path });
    const global = (id: string) => (parseEntityId(id) ? id : entityId(member, uuidv8(report, 'entity', id)));
    const ids = new Map(checked.map(({ id }) => [id, global(id)]));
    return { entities: withGlobalIds(checked, ids), ids: Object.fromEntries(ids) };
  }

  tearLine(
    report: string,
    body: TearLineBody,
    known: ReadonlySet<string>,
    path: string,
  ): NonNullable<Terms['tearLine']> {
    const { title, entities, audience } = body;
    return {
      id: uuidv8(report, 'tear-line'),
      content: { title, entities: this.make(report, entities, known, `${path}/entities`).entities },
      audience: this.taskForce.resolve(audience, `${path}/audience`),
    };
  }
}
