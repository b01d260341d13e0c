import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { Asked } from '../../aggregate/run-once.ts';
import { instantOf } from '../../http/rules.ts';
import { AgreementDesk } from '../agreement-desk.service.ts';
import type { DraftAgreementBody } from './draft-agreement.dto.ts';

export class DraftAgreement {
  constructor(
    readonly body: DraftAgreementBody,
    readonly asked: Asked,
  ) {}
}

@CommandHandler(DraftAgreement)
export class DraftAgreementHandler implements ICommandHandler<DraftAgreement> {
  constructor(@Inject(AgreementDesk) private readonly desk: AgreementDesk) {}

  execute({ body, asked }: DraftAgreement): Promise<Answer> {
    const { title, parties, categories, purposes, onward } = body;
    const validFrom = instantOf(body.validFrom);
    const validTo = body.validTo ? instantOf(body.validTo) : null;
    const terms = { title, parties, categories, purposes, validFrom, validTo, onward };
    return this.desk.run(asked, 201, (id) => ({ id, command: { command: 'draft', id, ...terms } }));
  }
}
