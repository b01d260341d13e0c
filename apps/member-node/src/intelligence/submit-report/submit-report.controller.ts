import { Controller, Inject, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReportBody } from '#contracts';
import { Direct, Roles, type DirectAnswer, type DirectRequest } from '#platform';
import { bodySchema } from '../../http/answers.ts';
import { SubmitReport } from './submit-report.command.ts';
import { SubmitReportHandler } from './submit-report.handler.ts';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1/reports')
export class SubmitReportController {
  constructor(@Inject(SubmitReportHandler) private readonly handler: SubmitReportHandler) {}

  @Post()
  @Direct()
  @Roles('publisher')
  @ApiOperation({ summary: 'Submit a report, and with "release" also release it (needs supervisor too)' })
  @ApiBody({ schema: bodySchema(ReportBody) })
  @ApiCreatedResponse({ description: '{ "id", "version", "entities": { "p1": "GB:…" }, "tearLine"?: { "id" } }' })
  @ApiOkResponse({ description: 'The same externalId and body again: the first answer' })
  async submit({ caller, headers, body }: DirectRequest): Promise<DirectAnswer> {
    const { status, answer } = await this.handler.execute(new SubmitReport(caller, headers, body));
    return { status, answer, ...(status === 201 && { location: `/v1/reports/${(answer as { id: string }).id}` }) };
  }
}
