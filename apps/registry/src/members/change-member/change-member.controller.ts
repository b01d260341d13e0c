import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Answer } from '#event-store';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { memberCodeIn } from '../../http/path-ids.ts';
import { EmptyBody, ReasonBody } from '../../http/reason.dto.ts';
import { ConformanceBody } from './change-member.dto.ts';
import { ChangeMember, type Transition } from './change-member.handler.ts';

/** The life of a member after its proposal. Each admin speaks for its own member only. */
@ApiTags('members')
@ApiBearerAuth()
@ApiOkResponse({ description: '{ "id": "MK", "version": 4 }' })
@Roles('admin')
@Controller('v1/members/:code')
export class ChangeMemberController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post('approve')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Approves a proposed member, once by each active one; the last answer holds "enrolmentToken"',
    description:
      'Who approved last may ask again while the member is approved and has registered no keys: nothing is appended, and the answer holds the same token. Everybody else then gets 409 member.not-proposed.',
  })
  approve(
    @MemberCaller() who: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('code') code: string,
    @Body() body: EmptyBody,
  ) {
    return this.change(code, { command: 'approve' }, { who, headers, body });
  }

  @Post('conformance')
  @HttpCode(200)
  @ApiOperation({ summary: 'States that the newcomer passed the conformance run' })
  conformance(
    @MemberCaller() who: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('code') code: string,
    @Body() body: ConformanceBody,
  ) {
    return this.change(code, { command: 'pass-conformance', run: body.run }, { who, headers, body });
  }

  @Post('activate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Makes it active; by itself' })
  activate(
    @MemberCaller() who: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('code') code: string,
    @Body() body: EmptyBody,
  ) {
    return this.change(code, { command: 'activate' }, { who, headers, body });
  }

  @Post('suspend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Suspends it; by itself, or by all other active members' })
  suspend(
    @MemberCaller() who: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('code') code: string,
    @Body() body: ReasonBody,
  ) {
    return this.change(code, { command: 'suspend', reason: body.reason ?? undefined }, { who, headers, body });
  }

  @Post('reinstate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ends its suspension; by whoever suspended it' })
  reinstate(
    @MemberCaller() who: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('code') code: string,
    @Body() body: ReasonBody,
  ) {
    return this.change(code, { command: 'reinstate', reason: body.reason ?? undefined }, { who, headers, body });
  }

  @Post('withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: 'Leaves the task force; by itself' })
  withdraw(
    @MemberCaller() who: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('code') code: string,
    @Body() body: ReasonBody,
  ) {
    return this.change(code, { command: 'withdraw', reason: body.reason ?? undefined }, { who, headers, body });
  }

  private async change(
    code: string,
    transition: Transition,
    { who, headers, body }: { who: MemberPrincipal; headers: CommandHeaders; body: object },
  ): Promise<object> {
    const asked = { caller: who, headers, operation: `${transition.command}-member ${code}`, body };
    const command = new ChangeMember(memberCodeIn(code), transition, asked);
    return (await this.commands.execute<ChangeMember, Answer>(command)).answer;
  }
}
