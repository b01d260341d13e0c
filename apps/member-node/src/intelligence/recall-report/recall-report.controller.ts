import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReasonBody } from '#contracts';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { answerWith, bodySchema, type Reply } from '../../http/answers.ts';
import { RecordId } from '../../http/record-id.pipe.ts';
import { RecallReport } from './recall-report.command.ts';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1/reports')
export class RecallReportController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post(':id/recall')
  @Roles('supervisor')
  @ApiOperation({ summary: 'Recall a report and its tear line' })
  @ApiBody({ schema: bodySchema(ReasonBody) })
  @ApiOkResponse({ description: '{ "id", "version" }' })
  async recall(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    return answerWith(reply, '/v1/reports', await this.commands.execute(new RecallReport(caller, headers, id, body)));
  }
}
