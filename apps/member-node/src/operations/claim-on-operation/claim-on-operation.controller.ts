import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ConcludeBody, EmptyBody } from '#contracts';
import { AllRoles, FromHeaders, MemberCaller, type CommandHeaders, type MemberPrincipal } from '#platform';
import { bodySchema } from '../../http/answers.ts';
import { RecordId } from '../../http/record-id.pipe.ts';
import type { ClaimKind } from '../claim.ts';
import { ClaimOnOperation } from './claim-on-operation.command.ts';

@ApiTags('operations')
@ApiBearerAuth()
@ApiOkResponse({ description: '{ "id", "version" }, also where no such operation is known here' })
@AllRoles('publisher', 'supervisor')
@Controller('v1/operations')
export class ClaimOnOperationController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post(':id/approve')
  @HttpCode(200)
  @ApiOperation({ summary: "A participant's approval" })
  @ApiBody({ schema: bodySchema(EmptyBody) })
  approve(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    return this.say('approve', caller, headers, id, body);
  }

  @Post(':id/launch')
  @HttpCode(200)
  @ApiOperation({ summary: "The lead's launch; takes effect when every participant has approved" })
  @ApiBody({ schema: bodySchema(EmptyBody) })
  launch(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    return this.say('launch', caller, headers, id, body);
  }

  @Post(':id/conclude')
  @HttpCode(200)
  @ApiOperation({ summary: "The lead's conclusion" })
  @ApiBody({ schema: bodySchema(ConcludeBody) })
  conclude(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    return this.say('conclude', caller, headers, id, body);
  }

  private async say(claim: ClaimKind, ...[caller, headers, id, body]: Said): Promise<object> {
    return (await this.commands.execute(new ClaimOnOperation(caller, headers, claim, id, body))).answer;
  }
}

type Said = [caller: MemberPrincipal, headers: CommandHeaders, id: string, body: unknown];
