import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { isUuid } from '#contracts';
import { MemberCaller, Roles, type MemberPrincipal } from '#platform';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { pageOf, readPage, scopeOf } from '../reading/keyset.ts';
import { ListQuery } from '../reading/list-query.dto.ts';
import { Reading } from '../reading/reading.ts';
import { describeOperations } from './operation-view.ts';
import { findOperation, listOperations } from './operations.query.ts';

const LIST = 'GET /v1/operations';
const DETAIL = 'GET /v1/operations/{id}';

@ApiTags('operations')
@ApiRead()
@Controller('v1/operations')
@Roles(...READ_ROLES.records)
export class OperationsController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({ summary: 'Operations that this viewer may see, newest first' })
  @ApiOkResponse({ description: '{ "items": [ … ], "next": "…" | null }' })
  list(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: ListQuery) {
    const { limit, cursor, ...filter } = query;
    const scope = scopeOf(LIST, filter);
    const asked = readPage(scope, { limit, cursor });
    return this.reading.asViewer({ caller, declared, route: LIST }, async (sql, { now }) => {
      const rows = await listOperations(sql, filter, asked);
      const { items, records } = await describeOperations(sql, rows.slice(0, limit), now);
      const byId = new Map(items.map((item) => [item.id, item]));
      return { answer: pageOf(scope, asked, rows, ({ id }) => byId.get(id)), records };
    });
  }

  @Get(':id')
  @ApiOperation({ summary: 'An operation: who has approved, how far it is, what came of it' })
  @ApiOkResponse({ description: 'The operation' })
  @ApiNotFoundResponse({ description: 'Not there, or not for this viewer' })
  detail(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Param('id') id: string) {
    return this.reading.asViewer({ caller, declared, route: DETAIL }, async (sql, { now }) => {
      const rows = isUuid(id) ? await findOperation(sql, id) : [];
      if (rows.length === 0) return { answer: null, records: [] };
      const { items, records } = await describeOperations(sql, rows, now);
      return { answer: items[0]!, records };
    });
  }
}
