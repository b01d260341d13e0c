import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Answer } from '#event-store';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { agreementIdIn } from '../../http/path-ids.ts';
import { EmptyBody, ReasonBody } from '../../http/reason.dto.ts';
import { ChangeAgreement, type Transition } from './change-agreement.handler.ts';

/** The life of an agreement after its draft: each by a party, for itself. To others it isn't there. */
@ApiTags('agreements')
@ApiBearerAuth()
@ApiOkResponse({ description: '{ "id": "…", "version": 3 }' })
@Roles('admin')
@Controller('v1/agreements/:id')
export class ChangeAgreementController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post('sign')
  @HttpCode(200)
  @ApiOperation({ summary: 'Signs a draft, once by each party; the last signature puts it in force' })
  sign(
    @MemberCaller() who: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id') id: string,
    @Body() body: EmptyBody,
  ) {
    return this.change(id, { command: 'sign' }, { who, headers, body });
  }

  @Post('suspend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Suspends it; by any party' })
  suspend(
    @MemberCaller() who: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id') id: string,
    @Body() body: ReasonBody,
  ) {
    return this.change(id, { command: 'suspend', reason: body.reason ?? undefined }, { who, headers, body });
  }

  @Post('resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Resumes it; by the party that suspended it' })
  resume(
    @MemberCaller() who: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id') id: string,
    @Body() body: ReasonBody,
  ) {
    return this.change(id, { command: 'resume', reason: body.reason ?? undefined }, { who, headers, body });
  }

  @Post('terminate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ends it for good; by any party' })
  terminate(
    @MemberCaller() who: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id') id: string,
    @Body() body: ReasonBody,
  ) {
    return this.change(id, { command: 'terminate', reason: body.reason ?? undefined }, { who, headers, body });
  }

  private async change(
    id: string,
    transition: Transition,
    { who, headers, body }: { who: MemberPrincipal; headers: CommandHeaders; body: object },
  ): Promise<object> {
    const asked = { caller: who, headers, operation: `${transition.command}-agreement ${id}`, body };
    return (
      await this.commands.execute<ChangeAgreement, Answer>(new ChangeAgreement(agreementIdIn(id), transition, asked))
    ).answer;
  }
}
