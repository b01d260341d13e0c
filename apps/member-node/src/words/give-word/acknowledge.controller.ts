import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { EmptyBody } from '#contracts';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { bodySchema } from '../../http/answers.ts';
import { RecordId } from '../../http/record-id.pipe.ts';
import { GiveWord } from './give-word.command.ts';

@ApiTags('notices')
@ApiBearerAuth()
@Roles('publisher', 'supervisor')
@Controller('v1/notices')
export class AcknowledgeController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post(':id/acknowledge')
  @HttpCode(200)
  @ApiOperation({ summary: 'This member took note of a notice of the joint views; once is enough' })
  @ApiBody({ schema: bodySchema(EmptyBody) })
  @ApiOkResponse({ description: '{ "id", "version" }, also where no such notice is known here' })
  async acknowledge(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    return (await this.commands.execute(new GiveWord(caller, headers, 'acknowledge', id, body))).answer;
  }
}
