import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MemberCaller, PageQuery, Roles, type MemberPrincipal, type Page } from '#platform';
import { RecordId } from '../http/record-id.pipe.ts';
import { OwnReading } from '../records/own-reading.service.ts';
import type { Transition } from '../records/writer.ts';
import { contributions } from './contribution.ts';
import { contributionItem } from './contribution-item.ts';

@ApiTags('contributions')
@ApiBearerAuth()
@Roles('publisher', 'supervisor')
@Controller('v1/contributions')
export class ReadContributionsController {
  constructor(@Inject(OwnReading) private readonly reading: OwnReading) {}

  @Get()
  @ApiOperation({ summary: 'What this member did in operations and returns, newest first' })
  list(@MemberCaller() caller: MemberPrincipal, @Query() page: PageQuery): Promise<Page<object>> {
    return this.reading.list(contributions, caller, page, contributionItem);
  }

  @Get(':id')
  @ApiOperation({ summary: "One of the member's own contributions" })
  async get(@MemberCaller() caller: MemberPrincipal, @Param('id', RecordId) id: string): Promise<object> {
    return contributionItem(await this.reading.get(contributions, caller, id));
  }

  @Get(':id/history')
  @ApiOperation({ summary: 'What became of it, oldest first' })
  history(
    @MemberCaller() caller: MemberPrincipal,
    @Param('id', RecordId) id: string,
    @Query() page: PageQuery,
  ): Promise<Page<Transition>> {
    return this.reading.history(contributions, caller, id, page);
  }
}
