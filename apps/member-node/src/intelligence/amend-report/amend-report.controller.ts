import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AmendBody } from '#contracts';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { answerWith, bodySchema, type Reply } from '../../http/answers.ts';
import { RecordId } from '../../http/record-id.pipe.ts';
import { AmendReport } from './amend-report.command.ts';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1/reports')
export class AmendReportController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post(':id/amend')
  @Roles('publisher', 'supervisor')
  @ApiOperation({ summary: 'Amend a report; once released, as a supervisor' })
  @ApiBody({ schema: bodySchema(AmendBody) })
  @ApiOkResponse({ description: '{ "id", "version" }' })
  async amend(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    return answerWith(reply, '/v1/reports', await this.commands.execute(new AmendReport(caller, headers, id, body)));
  }
}
