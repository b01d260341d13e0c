import { Body, Controller, Inject, Param, Post, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { answerWith, bodySchema, type Reply } from '../http/answers.ts';
import { named } from '../http/named.ts';
import { RecordId } from '../http/record-id.pipe.ts';
import { GiveWord } from './give-word.command.ts';
import { isAbout, type Saying } from './saying.ts';

/** The endpoint of a saying at its member's own node. */
export const sayingController = (saying: Saying): Type => {
  const { path, roles, summary, body: schema } = saying;
  const status = isAbout(saying) ? 200 : 201;

  @ApiTags(path.split('/')[0]!)
  @ApiBearerAuth()
  @Controller('v1')
  class SayingController {
    constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

    @Post(path)
    @Roles(...roles)
    @ApiOperation({ summary })
    @ApiBody({ schema: bodySchema(schema) })
    @ApiResponse({ status, description: '{ "id", "version" }, also where nothing that it is about is known here' })
    async say(
      @MemberCaller() caller: MemberPrincipal,
      @FromHeaders() headers: CommandHeaders,
      @Param('id', ...(isAbout(saying) ? [RecordId] : [])) id: string | undefined,
      @Body() body: unknown,
      @Res({ passthrough: true }) reply: Reply,
    ): Promise<object> {
      const command = new GiveWord(caller, headers, saying, id ?? null, body);
      return answerWith(reply, `/v1/${path}`, await this.commands.execute(command));
    }
  }
  return named(SayingController, saying.saying);
};
