import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import { CLOCK, type Clock } from '#platform';
import { NODE, type NodeIdentity } from '../node.ts';
import { handlingOf } from '../records/handling.ts';
import { assertHappened } from '../records/happened.ts';
import { Idempotency } from '../records/idempotency.ts';
import { Records } from '../records/records.ts';
import { namesOf } from '../records/touches.ts';
import { Contribute } from './contribute.command.ts';
import { contributions } from './contribution.ts';

@CommandHandler(Contribute)
export class ContributeHandler implements ICommandHandler<Contribute> {
  constructor(
    @Inject(NODE) private readonly node: NodeIdentity,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Records) private readonly records: Records,
  ) {}

  execute({ caller, headers, deed: declared, whole, body }: Contribute): Promise<Answer> {
    const { deed, event, of, category, read, answered } = declared;
    const checked = read(body) as { subjects?: string[] };
    const asked = { caller, headers, operation: `${deed} ${whole}`, body: checked };
    return this.idempotency.run(asked, async (id, acting) => {
      const handling = handlingOf(category, {}, this.node, this.clock.now());
      await this.records.create(contributions, id, { ...acting, ifMatch: undefined }, async (_, { at, know }) => {
        assertHappened(declared.happened, checked, { at, clockSkewMs: this.node.clockSkewMs });
        const subjects = namesOf(checked.subjects ?? []);
        const shield = (await know(subjects)).shieldOf(subjects);
        return { type: 'make' as const, id, deed, event, handling, content: { [of]: whole, ...checked }, shield };
      });
      return { status: answered, answer: { id, version: 1 } };
    });
  }
}
