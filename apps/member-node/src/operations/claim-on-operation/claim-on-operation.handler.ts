import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NotFound, readConclusion, readEmpty, uuidv8 } from '#contracts';
import type { Answer } from '#event-store';
import { CLOCK, type Clock } from '#platform';
import { NODE, type NodeIdentity } from '../../node.ts';
import { handlingOf } from '../../records/handling.ts';
import { Idempotency } from '../../records/idempotency.ts';
import { Records, type Acting } from '../../records/records.ts';
import { claims, type ClaimKind } from '../claim.ts';
import { operations } from '../operation.record.ts';
import { ClaimOnOperation } from './claim-on-operation.command.ts';

interface Said {
  claim: ClaimKind;
  id: string;
  outcome?: string;
}

@CommandHandler(ClaimOnOperation)
export class ClaimOnOperationHandler implements ICommandHandler<ClaimOnOperation> {
  constructor(
    @Inject(NODE) private readonly node: NodeIdentity,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Records) private readonly records: Records,
  ) {}

  execute({ caller, headers, claim, id, body }: ClaimOnOperation): Promise<Answer> {
    const checked = claim === 'conclude' ? readConclusion(body) : readEmpty(body);
    const asked = { caller, headers, operation: `${claim} operation ${id}`, body: checked };
    return this.idempotency.run(asked, async (_, acting) => {
      const said: Said = { claim, id, ...checked };
      const answer = claim === 'approve' ? await this.claim(said, acting) : await this.lead(said, acting);
      return { status: 200, answer };
    });
  }

  /** The lead's own operation; of another's this node can't know, so its word is kept all the same. */
  private async lead(said: Said, acting: Acting): Promise<object> {
    const { claim, id, outcome = '' } = said;
    try {
      const { version } = await this.records.act(operations, id, acting, () =>
        claim === 'launch' ? { type: 'launch' as const } : { type: 'conclude' as const, outcome },
      );
      return { id, version };
    } catch (error) {
      if (error instanceof NotFound) return this.claim(said, acting);
      throw error;
    }
  }

  /** The same said twice is one claim. */
  private async claim({ claim, id, outcome }: Said, { user, command }: Acting): Promise<object> {
    const record = uuidv8(this.node.member, 'claim', claim, id);
    const handling = handlingOf('operation', {}, this.node, this.clock.now());
    await this.records.create(claims, record, { user, ...(command !== undefined && { command }) }, () => ({
      type: 'make' as const,
      id: record,
      claim,
      handling,
      operation: id,
      ...(outcome !== undefined && { outcome }),
    }));
    return { id, version: 1 };
  }
}
