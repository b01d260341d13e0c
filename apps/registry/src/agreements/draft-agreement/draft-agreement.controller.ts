import { Body, Controller, Inject, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Answer } from '#event-store';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { send } from '../../http/answer.ts';
import { DraftAgreementBody } from './draft-agreement.dto.ts';
import { DraftAgreement } from './draft-agreement.handler.ts';

@ApiTags('agreements')
@ApiBearerAuth()
@Controller('v1/agreements')
export class DraftAgreementController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post()
  @Roles('admin')
  @ApiOperation({ summary: 'Drafts an agreement, to be signed by each party' })
  @ApiCreatedResponse({ description: '{ "id": "…", "version": 1 }' })
  async draft(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Body() body: DraftAgreementBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const asked = { caller, headers, operation: 'draft-agreement', body };
    const answer = await this.commands.execute<DraftAgreement, Answer>(new DraftAgreement(body, asked));
    return send(reply, answer, `/v1/agreements/${(answer.answer as { id: string }).id}`);
  }
}
