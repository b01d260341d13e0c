import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { Asked } from '../../aggregate/run-once.ts';
import { AgreementDesk } from '../agreement-desk.service.ts';
import type { AgreementCommand } from '../agreement.decide.ts';

export type Transition = Exclude<AgreementCommand, { command: 'draft' }>;

export class ChangeAgreement {
  constructor(
    readonly id: string,
    readonly transition: Transition,
    readonly asked: Asked,
  ) {}
}

@CommandHandler(ChangeAgreement)
export class ChangeAgreementHandler implements ICommandHandler<ChangeAgreement> {
  constructor(@Inject(AgreementDesk) private readonly desk: AgreementDesk) {}

  execute({ id, transition, asked }: ChangeAgreement): Promise<Answer> {
    return this.desk.run(asked, 200, () => ({ id, command: transition }));
  }
}
