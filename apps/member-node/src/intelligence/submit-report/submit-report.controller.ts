import { Body, Controller, Inject, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReportBody } from '#contracts';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { answerWith, bodySchema, type Reply } from '../../http/answers.ts';
import { SubmitReport } from './submit-report.command.ts';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1/reports')
export class SubmitReportController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post()
  @Roles('publisher')
  @ApiOperation({ summary: 'Submit a report, and with "release" also release it (needs supervisor too)' })
  @ApiBody({ schema: bodySchema(ReportBody) })
  @ApiCreatedResponse({ description: '{ "id", "version", "entities": { "p1": "GB:…" }, "tearLine"?: { "id" } }' })
  @ApiOkResponse({ description: 'The same externalId and body again: the first answer' })
  async submit(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    return answerWith(reply, '/v1/reports', await this.commands.execute(new SubmitReport(caller, headers, body)));
  }
}
