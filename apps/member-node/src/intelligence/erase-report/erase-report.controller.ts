import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReasonBody } from '#contracts';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { answerWith, bodySchema, type Reply } from '../../http/answers.ts';
import { RecordId } from '../../http/record-id.pipe.ts';
import { EraseReport } from './erase-report.command.ts';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1/reports')
export class EraseReportController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post(':id/erase')
  @Roles('supervisor')
  @ApiOperation({ summary: 'Erase a report: its keys are destroyed everywhere' })
  @ApiBody({ schema: bodySchema(ReasonBody) })
  @ApiOkResponse({ description: '{ "id", "version" }' })
  async erase(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    return answerWith(reply, '/v1/reports', await this.commands.execute(new EraseReport(caller, headers, id, body)));
  }
}
