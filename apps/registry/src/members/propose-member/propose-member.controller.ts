import { Body, Controller, Inject, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Answer } from '#event-store';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { send } from '../../http/answer.ts';
import { ProposeMemberBody } from './propose-member.dto.ts';
import { ProposeMember } from './propose-member.handler.ts';

@ApiTags('members')
@ApiBearerAuth()
@Controller('v1/members')
export class ProposeMemberController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post()
  @Roles('admin')
  @ApiOperation({ summary: 'Proposes a new member' })
  @ApiCreatedResponse({ description: '{ "id": "MK", "version": 1 }' })
  async propose(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Body() body: ProposeMemberBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const asked = { caller, headers, operation: 'propose-member', body };
    const answer = await this.commands.execute<ProposeMember, Answer>(new ProposeMember(body, asked));
    return send(reply, answer, `/v1/members/${body.code}`);
  }
}
