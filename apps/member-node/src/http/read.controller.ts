import { Controller, Get, Inject, Param, Query, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MemberCaller, PageQuery, Roles, type MemberPrincipal, type Page } from '#platform';
import { OwnReading } from '../records/own-reading.service.ts';
import type { RecordModule } from '../records/record-module.ts';
import type { Loaded, Transition } from '../records/writer.ts';
import { named } from './named.ts';
import { RecordId } from './record-id.pipe.ts';

/** How records are shown at their own node. */
export interface Shown<State> {
  item(loaded: Loaded<State>): object;
  /** Of one alone; where nothing is said, as in a list. */
  detail?(loaded: Loaded<State>): object;
}

/** GET /v1/<path>, /:id and /:id/history: a member's own records of a kind, to its own users. */
export const readController = <State>(
  path: string,
  record: RecordModule<State>,
  { item, detail = item }: Shown<State>,
): Type => {
  @ApiTags(path)
  @ApiBearerAuth()
  @Roles('publisher', 'supervisor')
  @Controller(`v1/${path}`)
  class ReadController {
    constructor(@Inject(OwnReading) private readonly reading: OwnReading) {}

    @Get()
    @ApiOperation({ summary: "The member's own, newest first" })
    @ApiOkResponse({ description: '{ "items": [ … ], "next" }' })
    list(@MemberCaller() caller: MemberPrincipal, @Query() page: PageQuery): Promise<Page<object>> {
      return this.reading.list(record, caller, page, item);
    }

    @Get(':id')
    @ApiOperation({ summary: "One of the member's own" })
    async get(@MemberCaller() caller: MemberPrincipal, @Param('id', RecordId) id: string): Promise<object> {
      return detail(await this.reading.get(record, caller, id));
    }

    @Get(':id/history')
    @ApiOperation({ summary: 'What became of it, oldest first' })
    history(
      @MemberCaller() caller: MemberPrincipal,
      @Param('id', RecordId) id: string,
      @Query() page: PageQuery,
    ): Promise<Page<Transition>> {
      return this.reading.history(record, caller, id, page);
    }
  }
  return named(ReadController, 'read', record.kind);
};
