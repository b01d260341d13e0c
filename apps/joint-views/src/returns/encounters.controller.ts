import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { isUuid } from '#contracts';
import { MemberCaller, Roles, type MemberPrincipal } from '#platform';
import { Conditions } from '../reading/conditions.ts';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { pageOf, readPage, scopeOf } from '../reading/keyset.ts';
import { Reading } from '../reading/reading.ts';
import { findRecord, listRecords, recordFields, seen } from '../reading/records.query.ts';
import { EncountersQuery } from './returns.dto.ts';
import { ENCOUNTERS, type EncounterRow } from './returns.query.ts';

const LIST = 'GET /v1/encounters';
const DETAIL = 'GET /v1/encounters/{id}';

@ApiTags('returns')
@ApiRead()
@Controller('v1/encounters')
@Roles(...READ_ROLES.records)
export class EncountersController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({ summary: 'Encounters that this viewer may see, newest first' })
  @ApiOkResponse({ description: '{ "items": [ … ], "next": "…" | null }' })
  list(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: EncountersQuery) {
    const { limit, cursor, ...filter } = query;
    const scope = scopeOf(LIST, filter);
    const asked = readPage(scope, { limit, cursor });
    return this.reading.asViewer({ caller, declared, route: LIST }, async (sql, { now }) => {
      const where = new Conditions()
        .where('t.originator = $', filter.originator)
        .where('t.updated_at >= $::timestamptz', filter.since)
        .where('t.updated_at <= $::timestamptz', filter.until);
      const rows = await listRecords<EncounterRow>(sql, ENCOUNTERS, where, asked);
      const answer = pageOf(scope, asked, rows, (row) => itemOf(row, now));
      return { answer, records: rows.slice(0, limit).map(seen) };
    });
  }

  @Get(':id')
  @ApiOperation({ summary: 'An encounter' })
  @ApiNotFoundResponse({ description: 'Not there, or not for this viewer' })
  detail(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Param('id') id: string) {
    return this.reading.asViewer({ caller, declared, route: DETAIL }, async (sql, { now }) => {
      const row = isUuid(id) ? await findRecord<EncounterRow>(sql, ENCOUNTERS, id) : undefined;
      return row ? { answer: itemOf(row, now), records: [seen(row)] } : { answer: null, records: [] };
    });
  }
}

const itemOf = (row: EncounterRow, now: number) => ({
  id: row.id,
  originator: row.originator,
  person: { id: row.person, schema: 'Person', properties: row.properties },
  at: row.at.toISOString(),
  place: row.place,
  ...(row.biometric_reference === null ? {} : { biometricReference: row.biometric_reference }),
  ...(row.handling_text === null ? {} : { handlingText: row.handling_text }),
  ...recordFields(row, now),
});
