import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MemberCaller, PageQuery, Roles, type MemberPrincipal, type Page } from '#platform';
import { RecordId } from '../../http/record-id.pipe.ts';
import { OwnReading } from '../../records/own-reading.service.ts';
import type { Transition } from '../../records/writer.ts';
import { operations } from '../operation.record.ts';
import { operationItem } from './operation-view.ts';

@ApiTags('operations')
@ApiBearerAuth()
@Roles('publisher', 'supervisor')
@Controller('v1/operations')
export class ReadOperationsController {
  constructor(@Inject(OwnReading) private readonly reading: OwnReading) {}

  @Get()
  @ApiOperation({ summary: 'Operations that this member leads, newest first' })
  list(@MemberCaller() caller: MemberPrincipal, @Query() page: PageQuery): Promise<Page<object>> {
    return this.reading.list(operations, caller, page, operationItem);
  }

  @Get(':id')
  @ApiOperation({ summary: "One of the member's own operations" })
  async get(@MemberCaller() caller: MemberPrincipal, @Param('id', RecordId) id: string): Promise<object> {
    return operationItem(await this.reading.get(operations, caller, id));
  }

  @Get(':id/history')
  @ApiOperation({ summary: 'What became of it, oldest first' })
  history(
    @MemberCaller() caller: MemberPrincipal,
    @Param('id', RecordId) id: string,
    @Query() page: PageQuery,
  ): Promise<Page<Transition>> {
    return this.reading.history(operations, caller, id, page);
  }
}
