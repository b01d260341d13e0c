import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Answer } from '#event-store';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { memberCodeIn } from '../../http/path-ids.ts';
import { ChangeMember } from '../change-member/change-member.handler.ts';
import { RevokeKeyBody } from './revoke-key.dto.ts';

@ApiTags('members')
@ApiBearerAuth()
@Controller('v1/members/:code/keys/:kid/revoke')
export class RevokeKeyController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  /** From a sequence, not from a date: that can't be backdated. */
  @Post()
  @Roles('admin')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Revokes an event-signing key from a sequence on; by the member itself, or once it has withdrawn by all active ones',
  })
  @ApiOkResponse({ description: '{ "id": "MK", "version": 7 }' })
  async revoke(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param() { code, kid }: { code: string; kid: string },
    @Body() body: RevokeKeyBody,
  ): Promise<object> {
    const asked = { caller, headers, operation: `revoke-key ${code} ${kid}`, body };
    const transition = {
      command: 'revoke-key',
      kid,
      from: body.fromSequence,
      reason: body.reason ?? undefined,
    } as const;
    const command = new ChangeMember(memberCodeIn(code), transition, asked);
    return (await this.commands.execute<ChangeMember, Answer>(command)).answer;
  }
}
