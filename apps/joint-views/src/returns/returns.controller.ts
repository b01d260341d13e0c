import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { isUuid } from '#contracts';
import { MemberCaller, Roles, type MemberPrincipal } from '#platform';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { pageOf, readPage, scopeOf } from '../reading/keyset.ts';
import { Reading } from '../reading/reading.ts';
import { findRecord, listRecords, seen } from '../reading/records.query.ts';
import { suggestionsFor } from './re-entries.query.ts';
import { describeReturns, reEntryItem, reEntrySeen } from './return-view.ts';
import { ReturnsQuery } from './returns.dto.ts';
import { conditionsOf, RETURNS, type ReturnRow } from './returns.query.ts';

const LIST = 'GET /v1/returns';
const DETAIL = 'GET /v1/returns/{id}';
const MATCHES = 'GET /v1/returns/{id}/re-entries';

@ApiTags('returns')
@ApiRead()
@Controller('v1/returns')
@Roles(...READ_ROLES.records)
export class ReturnsController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({ summary: 'Returns that this viewer may see, newest first' })
  @ApiOkResponse({ description: '{ "items": [ … ], "next": "…" | null }' })
  list(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: ReturnsQuery) {
    const { limit, cursor, ...filter } = query;
    const scope = scopeOf(LIST, filter);
    const asked = readPage(scope, { limit, cursor });
    return this.reading.asViewer({ caller, declared, route: LIST }, async (sql, { now }) => {
      const rows = await listRecords<ReturnRow>(sql, RETURNS, conditionsOf(filter), asked);
      const { items, records } = await describeReturns(sql, rows.slice(0, limit), now);
      const byId = new Map(items.map((item) => [item.id, item]));
      return { answer: pageOf(scope, asked, rows, ({ id }) => byId.get(id)), records };
    });
  }

  @Get(':id')
  @ApiOperation({
    summary: 'A return: how far it is, what the state of return answered, whether the person was met again',
  })
  @ApiNotFoundResponse({ description: 'Not there, or not for this viewer' })
  detail(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Param('id') id: string) {
    return this.reading.asViewer({ caller, declared, route: DETAIL }, async (sql, { now }) => {
      const row = isUuid(id) ? await findRecord<ReturnRow>(sql, RETURNS, id) : undefined;
      if (!row) return { answer: null, records: [] };
      const { items, records } = await describeReturns(sql, [row], now);
      return { answer: items[0]!, records };
    });
  }

  @Get(':id/re-entries')
  @ApiOperation({
    summary: 'Encounters since, in which the same person may have been met',
    description:
      'By passport, national identifier, biometric reference or travel document; or by birth date and name, which only suggest until a person confirms at the node of the state that returned.',
  })
  @ApiNotFoundResponse({ description: 'Not there, or not for this viewer' })
  matches(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Param('id') id: string) {
    return this.reading.asViewer({ caller, declared, route: MATCHES }, async (sql) => {
      const row = isUuid(id) ? await findRecord<ReturnRow>(sql, RETURNS, id) : undefined;
      if (!row) return { answer: null, records: [] };
      const found = await suggestionsFor(sql, row.id);
      return { answer: { items: found.map(reEntryItem) }, records: [seen(row), ...found.flatMap(reEntrySeen)] };
    });
  }
}
