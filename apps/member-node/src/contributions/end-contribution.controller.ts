import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReasonBody } from '#contracts';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { bodySchema } from '../http/answers.ts';
import { RecordId } from '../http/record-id.pipe.ts';
import { EndContribution } from './end-contribution.command.ts';

@ApiTags('contributions')
@ApiBearerAuth()
@ApiOkResponse({ description: '{ "id", "version" }' })
@Roles('supervisor')
@Controller('v1/contributions')
export class EndContributionController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post(':id/recall')
  @HttpCode(200)
  @ApiBody({ schema: bodySchema(ReasonBody) })
  @ApiOperation({ summary: 'Recall a contribution of this member' })
  recall(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    return this.end(new EndContribution(caller, headers, 'recall', id, body));
  }

  @Post(':id/erase')
  @HttpCode(200)
  @ApiBody({ schema: bodySchema(ReasonBody) })
  @ApiOperation({ summary: 'Erase a contribution of this member: its keys are destroyed everywhere' })
  erase(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    return this.end(new EndContribution(caller, headers, 'erase', id, body));
  }

  private async end(command: EndContribution): Promise<object> {
    return (await this.commands.execute(command)).answer;
  }
}
