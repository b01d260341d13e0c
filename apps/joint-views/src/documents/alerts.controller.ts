import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { isUuid } from '#contracts';
import { MemberCaller, Roles, type MemberPrincipal } from '#platform';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { pageOf, readPage, scopeOf } from '../reading/keyset.ts';
import { Reading } from '../reading/reading.ts';
import { findRecord, listRecords, recordFields, seen } from '../reading/records.query.ts';
import { AlertsQuery } from './alerts.dto.ts';
import { ALERTS, conditionsOf, type AlertRow } from './alerts.query.ts';

const LIST = 'GET /v1/document-alerts';
const DETAIL = 'GET /v1/document-alerts/{id}';

@ApiTags('documents')
@ApiRead()
@Controller('v1/document-alerts')
@Roles(...READ_ROLES.records)
export class AlertsController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({ summary: 'The register of documents, as far as this viewer may see it, newest first' })
  @ApiOkResponse({ description: '{ "items": [ … ], "next": "…" | null }' })
  list(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: AlertsQuery) {
    const { limit, cursor, ...filter } = query;
    const scope = scopeOf(LIST, filter);
    const asked = readPage(scope, { limit, cursor });
    return this.reading.asViewer({ caller, declared, route: LIST }, async (sql, { now }) => {
      const rows = await listRecords<AlertRow>(sql, ALERTS, conditionsOf(filter), asked);
      return {
        answer: pageOf(scope, asked, rows, (row) => itemOf(row, now)),
        records: rows.slice(0, limit).map(seen),
      };
    });
  }

  @Get(':id')
  @ApiOperation({ summary: 'An alert, with what an examination found' })
  @ApiOkResponse({ description: 'The alert' })
  @ApiNotFoundResponse({ description: 'Not there, or not for this viewer' })
  detail(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Param('id') id: string) {
    return this.reading.asViewer({ caller, declared, route: DETAIL }, async (sql, { now }) => {
      const row = isUuid(id) ? await findRecord<AlertRow>(sql, ALERTS, id) : undefined;
      if (!row) return { answer: null, records: [] };
      const text = row.handling_text === null ? {} : { handlingText: row.handling_text };
      return { answer: { ...itemOf(row, now), ...text }, records: [seen(row)] };
    });
  }
}

const itemOf = (row: AlertRow, now: number) => ({
  id: row.id,
  originator: row.originator,
  number: row.number,
  type: row.type,
  issuingState: row.issuing_state,
  status: row.status,
  since: row.since,
  ...(row.finding && { finding: row.finding }),
  state: row.stage,
  ...recordFields(row, now),
});
