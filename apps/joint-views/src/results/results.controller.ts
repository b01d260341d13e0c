import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { MemberCaller, Roles, type MemberPrincipal } from '#platform';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { Reading } from '../reading/reading.ts';
import { prefersCsv } from './csv.ts';
import { ResultsQuery } from './results.dto.ts';
import { recordsBehind, resultsOf } from './results.query.ts';
import { csvTable, tableOf } from './table.ts';

const ROUTE = 'GET /v1/results';

interface Reply {
  header(name: string, value: string): Reply;
}

/** What the task force has come to, over all of its systems. */
@ApiTags('results')
@ApiRead()
@Controller('v1/results')
@Roles(...READ_ROLES.records)
export class ResultsController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({
    summary: 'Arrests, rescues, seizures, returns, documents stopped and hits confirmed, by member and quarter',
    description: 'Only what this viewer may see is counted. Accept: text/csv for a line per number.',
  })
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({
    description:
      '{ "items": [ { "member", "quarter", "arrests", "rescued", "seizures": [ { "kind", "quantity", "unit" } ], "returns", "documentsStopped", "hitsConfirmed" } ] }',
  })
  async results(
    @MemberCaller() caller: MemberPrincipal,
    @Declared() declared: Declaration,
    @Query() asked: ResultsQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object | string> {
    const rows = await this.reading.asViewer({ caller, declared, route: ROUTE }, async (sql) => ({
      answer: await resultsOf(sql, asked),
      records: await recordsBehind(sql, asked),
    }));
    reply.header('vary', 'accept');
    if (!prefersCsv(accept)) return { items: tableOf(rows) };
    reply.header('content-type', 'text/csv; charset=utf-8; header=present');
    reply.header('content-disposition', `attachment; filename="results-${asked.quarter ?? 'all'}.csv"`);
    return csvTable(rows);
  }
}
