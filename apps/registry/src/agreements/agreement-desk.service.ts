import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '#contracts';
import type { Answer } from '#event-store';
import type { Aggregates } from '../aggregate/aggregate.ts';
import { RunOnce, type Asked } from '../aggregate/run-once.ts';
import { MemberDirectory } from '../members/directory.ts';
import { AGREEMENT_AGGREGATES } from '../tokens.ts';
import { decideAgreement, type AgreementCommand } from './agreement.decide.ts';
import type { Agreement, AgreementEvent } from './agreement.ts';

/** Runs commands on agreements for the member that speaks. */
@Injectable()
export class AgreementDesk {
  constructor(
    @Inject(RunOnce) private readonly once: RunOnce,
    @Inject(AGREEMENT_AGGREGATES) private readonly agreements: Aggregates<Agreement, AgreementEvent>,
    @Inject(MemberDirectory) private readonly directory: MemberDirectory,
  ) {}

  /** `of` makes the command from the id that was planned for a new agreement, and tells which one it is about. */
  run(
    asked: Asked,
    status: number,
    of: (planned: string) => { id: string; command: AgreementCommand },
  ): Promise<Answer> {
    return this.once.run(asked, async (planned, meta) => {
      const { id, command } = of(planned.id);
      const by = asked.caller.member;
      const { changedAt, last } = await this.agreements.change({
        stream: `agreement-${id}`,
        meta,
        // A draft has no version before it.
        ifMatch: command.command === 'draft' ? undefined : asked.headers.ifMatch,
        visible: (agreement) => {
          if (agreement.state !== 'none' && !agreement.parties.includes(by)) throw new NotFound();
        },
        decide: (agreement) => decideAgreement(agreement, command, this.speaker(by, meta.at)),
      });
      const { revision } = last.data as { revision?: number };
      return { status, answer: { id, version: changedAt, ...(revision !== undefined && { revision }) } };
    });
  }

  private speaker(by: string, at: string) {
    return { by, at, actives: this.directory.actives(), members: this.directory.notWithdrawn() };
  }
}
