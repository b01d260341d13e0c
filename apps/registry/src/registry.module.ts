import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { PlatformModule, type PlatformOptions } from '#platform';
import { AgreementDesk } from './agreements/agreement-desk.service.ts';
import { AmendAgreementController } from './agreements/amend-agreement/amend-agreement.controller.ts';
import { ChangeAgreementController } from './agreements/change-agreement/change-agreement.controller.ts';
import { ChangeAgreementHandler } from './agreements/change-agreement/change-agreement.handler.ts';
import { DraftAgreementController } from './agreements/draft-agreement/draft-agreement.controller.ts';
import { DraftAgreementHandler } from './agreements/draft-agreement/draft-agreement.handler.ts';
import { ReadAgreementsController } from './agreements/read-agreements/read-agreements.controller.ts';
import { ReadAgreements } from './agreements/read-agreements/read-agreements.query.ts';
import { ChangeMemberController } from './members/change-member/change-member.controller.ts';
import { ChangeMemberHandler } from './members/change-member/change-member.handler.ts';
import { ProposeMemberController } from './members/propose-member/propose-member.controller.ts';
import { ProposeMemberHandler } from './members/propose-member/propose-member.handler.ts';
import { ReadMembersController } from './members/read-members/read-members.controller.ts';
import { ReadMembers } from './members/read-members/read-members.query.ts';
import { EnrolmentGuard } from './members/register-keys/enrolment.guard.ts';
import { RegisterKeysController } from './members/register-keys/register-keys.controller.ts';
import { RegisterKeysHandler } from './members/register-keys/register-keys.handler.ts';
import { RevokeKeyController } from './members/revoke-key/revoke-key.controller.ts';
import { StatusController } from './status/status.controller.ts';

export interface RegistryWiring {
  platform: PlatformOptions;
  /** What the use cases are given: stores, aggregates, relays. */
  providers: Provider[];
}

/** The secretariat: members and agreements. */
@Module({})
export class RegistryModule {
  static register({ platform, providers }: RegistryWiring): DynamicModule {
    return {
      module: RegistryModule,
      imports: [CqrsModule.forRoot(), PlatformModule.register(platform)],
      controllers: [
        ProposeMemberController,
        RegisterKeysController,
        RevokeKeyController,
        ChangeMemberController,
        ReadMembersController,
        DraftAgreementController,
        ChangeAgreementController,
        AmendAgreementController,
        ReadAgreementsController,
        StatusController,
      ],
      providers: [
        ...providers,
        AgreementDesk,
        EnrolmentGuard,
        ReadMembers,
        ReadAgreements,
        ProposeMemberHandler,
        RegisterKeysHandler,
        ChangeMemberHandler,
        DraftAgreementHandler,
        ChangeAgreementHandler,
      ],
    };
  }
}
