import { Body, Controller, Inject, Param, Post, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { answerWith, bodySchema, type Reply } from '../http/answers.ts';
import { named } from '../http/named.ts';
import { RecordId } from '../http/record-id.pipe.ts';
import { Contribute } from './contribute.command.ts';
import type { Deed } from './deed.ts';

/** The endpoint of a deed at its member's own node. */
export const deedController = (deed: Deed): Type => {
  const { path, roles, summary, answered, body: schema, happened } = deed;

  @ApiTags(path.split('/')[0]!)
  @ApiBearerAuth()
  @Controller('v1')
  class DeedController {
    constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

    @Post(path)
    @Roles(...roles)
    @ApiOperation({ summary })
    @ApiBody({ schema: bodySchema(schema, happened) })
    @ApiResponse({ status: answered, description: '{ "id", "version" }: of the contribution, a record of this member' })
    async contribute(
      @MemberCaller() caller: MemberPrincipal,
      @FromHeaders() headers: CommandHeaders,
      @Param('id', RecordId) id: string,
      @Body() body: unknown,
      @Res({ passthrough: true }) reply: Reply,
    ): Promise<object> {
      const command = new Contribute(caller, headers, deed, id, body);
      return answerWith(reply, '/v1/contributions', await this.commands.execute(command));
    }
  }
  return named(DeedController, deed.deed);
};
