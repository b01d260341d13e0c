import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReleaseBody } from '#contracts';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { answerWith, bodySchema, type Reply } from '../../http/answers.ts';
import { RecordId } from '../../http/record-id.pipe.ts';
import { ReleaseReport } from './release-report.command.ts';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1/reports')
export class ReleaseReportController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post(':id/release')
  @Roles('supervisor')
  @ApiOperation({ summary: 'Release a report, or replace its audience and purposes' })
  @ApiBody({ schema: bodySchema(ReleaseBody) })
  @ApiOkResponse({ description: '{ "id", "version", "tearLine": { "id" } }' })
  async release(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    return answerWith(reply, '/v1/reports', await this.commands.execute(new ReleaseReport(caller, headers, id, body)));
  }
}
