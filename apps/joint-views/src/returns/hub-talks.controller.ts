import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { isUuid } from '#contracts';
import { MemberCaller, Roles, type MemberPrincipal } from '#platform';
import type { Sql } from '#sql';
import { Conditions } from '../reading/conditions.ts';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { pageOf, readPage, scopeOf } from '../reading/keyset.ts';
import { Reading } from '../reading/reading.ts';
import { findRecord, listRecords, recordFields, seen } from '../reading/records.query.ts';
import { HubTalksQuery } from './returns.dto.ts';
import { HUB_TALKS, transfersTo, type HubTalksRow } from './returns.query.ts';

const LIST = 'GET /v1/hub-talks';
const DETAIL = 'GET /v1/hub-talks/{id}';

@ApiTags('returns')
@ApiRead()
@Controller('v1/hub-talks')
@Roles(...READ_ROLES.records)
export class HubTalksController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({ summary: 'Talks about hubs that this viewer may see, and the hubs that came of them, newest first' })
  @ApiOkResponse({ description: '{ "items": [ … ], "next": "…" | null }' })
  list(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: HubTalksQuery) {
    const { limit, cursor, ...filter } = query;
    const scope = scopeOf(LIST, filter);
    const asked = readPage(scope, { limit, cursor });
    return this.reading.asViewer({ caller, declared, route: LIST }, async (sql, { now }) => {
      const where = new Conditions()
        .where('t.originator = $', filter.originator)
        .where('t.country = $', filter.country);
      const rows = await listRecords<HubTalksRow>(sql, HUB_TALKS, where, asked);
      const { items, records } = await described(sql, rows.slice(0, limit), now);
      return { answer: pageOf(scope, asked, rows, ({ id }) => items.get(id)), records };
    });
  }

  @Get(':id')
  @ApiOperation({ summary: 'Talks about a hub, with the transfers to it that this viewer may see' })
  @ApiNotFoundResponse({ description: 'Not there, or not for this viewer' })
  detail(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Param('id') id: string) {
    return this.reading.asViewer({ caller, declared, route: DETAIL }, async (sql, { now }) => {
      const row = isUuid(id) ? await findRecord<HubTalksRow>(sql, HUB_TALKS, id) : undefined;
      if (!row) return { answer: null, records: [] };
      const { items, records } = await described(sql, [row], now);
      return { answer: items.get(row.id)!, records };
    });
  }
}

const described = async (sql: Sql, rows: readonly HubTalksRow[], now: number) => {
  const transfers = await transfersTo(
    sql,
    rows.map(({ id }) => id),
  );
  const toHub = Map.groupBy(transfers, ({ hub }) => hub);
  const items = rows.map((row) => [row.id, itemOf(row, toHub.get(row.id)?.length ?? 0, now)] as const);
  return { items: new Map(items), records: [...rows, ...transfers].map(seen) };
};

const itemOf = (row: HubTalksRow, transfers: number, now: number) => ({
  id: row.id,
  originator: row.originator,
  country: row.country,
  state: row.stage,
  ...(row.places === null ? {} : { places: row.places, transfers }),
  ...(row.handling_text === null ? {} : { handlingText: row.handling_text }),
  ...recordFields(row, now),
});
