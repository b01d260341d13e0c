import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  type ApiResponseOptions,
} from '@nestjs/swagger';
import { EmptyBody, GrantBody, PermissionRequestBody, RefuseBody } from '#contracts';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { answerWith, bodySchema, type Reply } from '../../http/answers.ts';
import { RecordId } from '../../http/record-id.pipe.ts';
import { GiveWord, type Saying } from './give-word.command.ts';

const REQUESTS = '/v1/permission-requests';
const TAKEN: ApiResponseOptions = { description: '{ "id", "version" }, also where no such request is known here' };

/** Leave from H1 and H2: asked at the own node, answered at the originator's. */
@ApiTags('permissions')
@ApiBearerAuth()
@Controller('v1/permission-requests')
export class PermissionsController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post()
  @Roles('publisher')
  @ApiOperation({ summary: "Asks the originator of another member's record for leave from a handling code" })
  @ApiBody({ schema: bodySchema(PermissionRequestBody) })
  @ApiCreatedResponse({ description: '{ "id", "version" }, also where no such record is known here' })
  async request(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const command = new GiveWord(caller, headers, 'request', null, body);
    return answerWith(reply, REQUESTS, await this.commands.execute(command));
  }

  @Post(':id/grant')
  @HttpCode(200)
  @Roles('supervisor')
  @ApiOperation({ summary: "The originator's leave, until when; its last answer stands" })
  @ApiBody({ schema: bodySchema(GrantBody) })
  @ApiOkResponse(TAKEN)
  grant(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    return this.say('grant', caller, headers, id, body);
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @Roles('supervisor')
  @ApiOperation({ summary: "The originator's refusal, or the end of what it granted" })
  @ApiBody({ schema: bodySchema(RefuseBody) })
  @ApiOkResponse(TAKEN)
  refuse(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    return this.say('refuse', caller, headers, id, body);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Roles('publisher')
  @ApiOperation({ summary: 'Takes an own request back, and with it what was granted' })
  @ApiBody({ schema: bodySchema(EmptyBody) })
  @ApiOkResponse(TAKEN)
  withdraw(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    return this.say('withdraw', caller, headers, id, body);
  }

  private async say(saying: Saying, ...[caller, headers, id, body]: Said): Promise<object> {
    return (await this.commands.execute(new GiveWord(caller, headers, saying, id, body))).answer;
  }
}

type Said = [caller: MemberPrincipal, headers: CommandHeaders, id: string, body: unknown];
