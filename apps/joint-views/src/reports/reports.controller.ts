import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isUuid } from '#contracts';
import { READ_ROLES } from '#access-policy';
import { MemberCaller, Roles, type MemberPrincipal } from '#platform';
import type { Sql } from '#sql';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { pageOf, readPage, scopeOf } from '../reading/keyset.ts';
import { Reading, type ReadContext } from '../reading/reading.ts';
import { stateNow } from '../reading/state.ts';
import { permissionsOf } from '../permissions/permissions.query.ts';
import { namesToValues } from '../reading/names-to-values.ts';
import { ReportsQuery } from './reports.dto.ts';
import {
  entitiesOf,
  findReport,
  listReports,
  reportItem,
  valuesOf,
  type ReportDetailRow,
  type ReportEntityRow,
  type ReportValueRow,
} from './reports.query.ts';

const LIST = 'GET /v1/reports';
const DETAIL = 'GET /v1/reports/{id}';

@ApiTags('reports')
@ApiRead()
@Controller('v1/reports')
@Roles(...READ_ROLES.records)
export class ReportsController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({ summary: 'Reports that this viewer may see, newest first' })
  @ApiOkResponse({ description: '{ "items": [ … ], "next": "…" | null }' })
  list(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: ReportsQuery) {
    const { limit, cursor, ...filter } = query;
    const scope = scopeOf(LIST, filter);
    const asked = readPage(scope, { limit, cursor });
    return this.reading.asViewer({ caller, declared, route: LIST }, async (sql, { now }) => {
      const rows = await listReports(sql, filter, asked);
      return {
        answer: pageOf(scope, asked, rows, (row) => reportItem(row, stateNow(row, now))),
        records: rows.slice(0, limit).map(seen),
      };
    });
  }

  @Get(':id')
  @ApiOperation({ summary: 'A report with what it says of whom' })
  @ApiOkResponse({ description: 'The report' })
  @ApiNotFoundResponse({ description: 'Not there, or not for this viewer' })
  detail(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Param('id') id: string) {
    return this.reading.asViewer({ caller, declared, route: DETAIL }, async (sql, context) => {
      const row = isUuid(id) ? await findReport(sql, id) : undefined;
      if (!row) return { answer: null, records: [] };
      return { answer: await this.describe(sql, row, context, caller.member), records: [seen(row)] };
    });
  }

  private async describe(sql: Sql, row: ReportDetailRow, { now }: ReadContext, member: string) {
    const entities = await entitiesOf(sql, row.id);
    const values = await valuesOf(sql, row.id);
    const permissions = await permissionsOf(sql, row.id, now);
    const free = new Set(permissions.map(({ code }) => code));
    return {
      ...reportItem(row, stateNow(row, now)),
      purposes: row.purpose_codes,
      reviewBy: row.review_by.toISOString().slice(0, 10),
      legalBasis: row.legal_basis,
      ...(row.handling_text === null ? {} : { handlingText: row.handling_text }),
      entities: assemble(entities, values),
      // Handling codes bind those that were given the record, not its originator; and not who has leave from one.
      obligations: row.originator === member ? [] : row.handling_codes.filter((code) => !free.has(code)),
      ...(permissions.length > 0 && { permissions }),
    };
  }
}

const seen = (row: { id: string; originator: string }) => ({ record: row.id, originator: row.originator });

const assemble = (entities: readonly ReportEntityRow[], values: readonly ReportValueRow[]) => {
  const properties = new Map<string, Record<string, string[]>>();
  for (const { entity, property, value } of values) {
    const own = properties.get(entity) ?? namesToValues<string>();
    properties.set(entity, own);
    (own[property] ??= []).push(value);
  }
  return entities.map(({ entity, schema, assertion, subject_category }) => ({
    id: entity,
    schema,
    properties: properties.get(entity) ?? {},
    assertion,
    ...(subject_category === null ? {} : { subjectCategory: subject_category }),
  }));
};
