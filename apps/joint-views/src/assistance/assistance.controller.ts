import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { isUuid } from '#contracts';
import { MemberCaller, Roles, type MemberPrincipal } from '#platform';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { pageOf, readPage, scopeOf } from '../reading/keyset.ts';
import { Reading } from '../reading/reading.ts';
import { findRecord, listRecords, recordFields, seen } from '../reading/records.query.ts';
import { AssistanceQuery, AssistanceTotalsQuery } from './assistance.dto.ts';
import { ASSISTANCE, conditionsOf, totalsOf, type AssistanceRow, type TotalRow } from './assistance.query.ts';

const LIST = 'GET /v1/assistance';
const TOTALS = 'GET /v1/assistance/totals';
const DETAIL = 'GET /v1/assistance/{id}';

@ApiTags('assistance')
@ApiRead()
@Controller('v1/assistance')
@Roles(...READ_ROLES.records)
export class AssistanceController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({ summary: 'Assistance that this viewer may see, newest first' })
  @ApiOkResponse({ description: '{ "items": [ … ], "next": "…" | null }' })
  list(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: AssistanceQuery) {
    const { limit, cursor, ...filter } = query;
    const scope = scopeOf(LIST, filter);
    const asked = readPage(scope, { limit, cursor });
    return this.reading.asViewer({ caller, declared, route: LIST }, async (sql, { now }) => {
      const rows = await listRecords<AssistanceRow>(sql, ASSISTANCE, conditionsOf(filter), asked);
      return {
        answer: pageOf(scope, asked, rows, (row) => itemOf(row, now)),
        records: rows.slice(0, limit).map(seen),
      };
    });
  }

  @Get('totals')
  @ApiOperation({ summary: 'What was given by whom to whom, by year, counting what this viewer may see' })
  @ApiOkResponse({
    description: '{ "items": [ { "donor", "receiver", "year", "kind", "amount"?, "drawn"?, "currency"?, … } ] }',
  })
  totals(
    @MemberCaller() caller: MemberPrincipal,
    @Declared() declared: Declaration,
    @Query() filter: AssistanceTotalsQuery,
  ) {
    return this.reading.asViewer({ caller, declared, route: TOTALS }, async (sql) => {
      const rows = await totalsOf(sql, filter);
      const records = rows.flatMap(({ donor, records }) => records.map((record) => ({ record, originator: donor })));
      return { answer: { items: rows.map(totalOf) }, records };
    });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of them, with what was drawn on it' })
  @ApiNotFoundResponse({ description: 'Not there, or not for this viewer' })
  detail(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Param('id') id: string) {
    return this.reading.asViewer({ caller, declared, route: DETAIL }, async (sql, { now }) => {
      const row = isUuid(id) ? await findRecord<AssistanceRow>(sql, ASSISTANCE, id) : undefined;
      if (!row) return { answer: null, records: [] };
      const draws = row.kind === 'money' ? { draws: row.draws } : {};
      const text = row.handling_text === null ? {} : { handlingText: row.handling_text };
      return { answer: { ...itemOf(row, now), ...draws, ...text }, records: [seen(row)] };
    });
  }
}

const itemOf = (row: AssistanceRow, now: number) => ({
  id: row.id,
  donor: row.originator,
  receiver: row.receiver,
  kind: row.kind,
  item: row.item,
  ...sumOf(row),
  state: row.stage,
  pledgedAt: row.pledged_at.toISOString(),
  ...(row.delivered_at && { deliveredAt: row.delivered_at.toISOString() }),
  ...recordFields(row, now),
});

const totalOf = ({ donor, receiver, year, kind, item, ...sums }: TotalRow) => ({
  ...{ donor, receiver, year, kind },
  ...(item === null ? {} : { item }),
  ...sumOf({ kind, ...sums }),
});

type Sum = Pick<AssistanceRow, 'kind' | 'quantity' | 'amount' | 'drawn' | 'currency'>;

const sumOf = ({ kind, quantity, amount, drawn, currency }: Sum) =>
  kind === 'equipment' ? { quantity } : { amount, drawn, currency };
