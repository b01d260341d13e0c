import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MemberCaller, PageQuery, Roles, type MemberPrincipal, type Page } from '#platform';
import { RecordId } from '../../http/record-id.pipe.ts';
import { OwnReading } from '../../records/own-reading.service.ts';
import type { Transition } from '../../records/writer.ts';
import { reports } from '../report.record.ts';
import { reportDetail, reportItem } from './report-view.ts';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1/reports')
export class ReadReportsController {
  constructor(@Inject(OwnReading) private readonly reading: OwnReading) {}

  @Get()
  @Roles('publisher', 'supervisor')
  @ApiOperation({ summary: "The member's own reports, newest first" })
  @ApiOkResponse({ description: '{ "items": [ … ], "next" }' })
  list(@MemberCaller() caller: MemberPrincipal, @Query() page: PageQuery): Promise<Page<object>> {
    return this.reading.list(reports, caller, page, reportItem);
  }

  @Get(':id')
  @Roles('publisher', 'supervisor')
  @ApiOperation({ summary: "One of the member's own reports" })
  async get(@MemberCaller() caller: MemberPrincipal, @Param('id', RecordId) id: string): Promise<object> {
    return reportDetail(await this.reading.get(reports, caller, id));
  }

  @Get(':id/history')
  @Roles('publisher', 'supervisor')
  @ApiOperation({ summary: "What became of one of the member's own reports, oldest first" })
  history(
    @MemberCaller() caller: MemberPrincipal,
    @Param('id', RecordId) id: string,
    @Query() page: PageQuery,
  ): Promise<Page<Transition>> {
    return this.reading.history(reports, caller, id, page);
  }
}
