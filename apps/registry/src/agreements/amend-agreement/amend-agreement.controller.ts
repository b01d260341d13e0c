import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Answer } from '#event-store';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { agreementIdIn, revisionIn } from '../../http/path-ids.ts';
import { EmptyBody, ReasonBody } from '../../http/reason.dto.ts';
import { instantOf } from '../../http/rules.ts';
import type { Amendable } from '../agreement.ts';
import { ChangeAgreement, type Transition } from '../change-agreement/change-agreement.handler.ts';
import { AmendAgreementBody } from './amend-agreement.dto.ts';

interface Said {
  who: MemberPrincipal;
  headers: CommandHeaders;
  body: object;
}

/** New terms for what is in force: until each party has signed them, the old ones go on. */
@ApiTags('agreements')
@ApiBearerAuth()
@ApiOkResponse({ description: '{ "id": "…", "version": 5 }' })
@Roles('admin')
@Controller('v1/agreements/:id')
export class AmendAgreementController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post('amend')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Proposes new terms; by any party. The answer holds their "revision", to be signed by each',
  })
  async amend(
    @MemberCaller() who: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id') id: string,
    @Body() body: AmendAgreementBody,
  ) {
    const { reason, ...changes } = body;
    return this.change(
      id,
      { command: 'amend', changes: changesOf(changes), reason: reason ?? undefined },
      { who, headers, body },
    );
  }

  @Post('amendments/:revision/sign')
  @HttpCode(200)
  @ApiOperation({ summary: 'Signs new terms, once by each party; the last signature puts them in force' })
  sign(
    @MemberCaller() who: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param() { id, revision }: { id: string; revision: string },
    @Body() body: EmptyBody,
  ) {
    return this.change(id, { command: 'sign-amendment', revision: revisionIn(revision) }, { who, headers, body });
  }

  @Post('amendments/:revision/decline')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes new terms off the table; by any party' })
  decline(
    @MemberCaller() who: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param() { id, revision }: { id: string; revision: string },
    @Body() body: ReasonBody,
  ) {
    const transition = { command: 'decline-amendment', reason: body.reason ?? undefined } as const;
    return this.change(id, { ...transition, revision: revisionIn(revision) }, { who, headers, body });
  }

  private async change(id: string, transition: Transition, { who, headers, body }: Said): Promise<object> {
    const number = 'revision' in transition ? ` ${transition.revision}` : '';
    const asked = { caller: who, headers, operation: `${transition.command}-agreement ${id}${number}`, body };
    const command = new ChangeAgreement(agreementIdIn(id), transition, asked);
    return (await this.commands.execute<ChangeAgreement, Answer>(command)).answer;
  }
}

function changesOf({ validFrom, validTo, ...changes }: Omit<AmendAgreementBody, 'reason'>): Partial<Amendable> {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined && value !== null);
  return {
    ...Object.fromEntries(given),
    ...(validFrom && { validFrom: instantOf(validFrom) }),
    ...(validTo !== undefined && { validTo: validTo === null ? null : instantOf(validTo) }),
  };
}
