import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { MemberCaller, Roles, type MemberPrincipal } from '#platform';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { Reading } from '../reading/reading.ts';
import { seen } from '../reading/records.query.ts';
import { cohortOf } from './cohort.ts';
import { counts, reEntriesOf } from './re-entries.query.ts';
import { reEntrySeen } from './return-view.ts';
import { CohortQuery, StatisticsQuery } from './returns.dto.ts';
import { answersTo, countedReturns, type AnswerRow, type CountedRow } from './returns.query.ts';
import { byState, byYear, type Counted } from './statistics.ts';

const STATISTICS = 'GET /v1/returns/statistics';
const RE_ENTRY = 'GET /v1/returns/re-entry';

/** Figures of what this viewer may see record by record: so no count tells more than the records themselves. */
@ApiTags('returns')
@ApiRead()
@Controller('v1/returns')
@Roles(...READ_ROLES.records)
export class ReturnFiguresController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get('statistics')
  @ApiOperation({ summary: 'Returns by year or by state of return, counting what this viewer may see' })
  @ApiOkResponse({
    description:
      '{ "items": [ { "year" | "state", "opened", "open", "returned", "transferred", "absconded", "documents": { "requested", "issued", "refused", "meanDaysToIssue" } } ] }',
  })
  statistics(
    @MemberCaller() caller: MemberPrincipal,
    @Declared() declared: Declaration,
    @Query() query: StatisticsQuery,
  ) {
    return this.reading.asViewer({ caller, declared, route: STATISTICS }, async (sql) => {
      const rows = await countedReturns(sql, { originator: query.originator });
      const answers = await answersTo(
        sql,
        rows.map(({ id }) => id),
      );
      const ofReturn = Map.groupBy(answers, (one) => one.return);
      const counted = rows.map((row) => countedOf(row, ofReturn.get(row.id) ?? []));
      const items = query.by === 'year' ? byYear(counted) : byState(counted);
      return { answer: { items }, records: [...rows, ...answers].map(seen) };
    });
  }

  @Get('re-entry')
  @ApiOperation({ summary: 'Of those returned in a year, who was met again within 30, 90 and 365 days' })
  @ApiOkResponse({
    description:
      '{ "cohort", "returned", "within": { "30", "90", "365" }, "underObservation", "shares": { "within", "underObservation" } | null }',
  })
  reEntry(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: CohortQuery) {
    return this.reading.asViewer({ caller, declared, route: RE_ENTRY }, async (sql, { now }) => {
      const rows = await countedReturns(sql, query);
      const found = (
        await reEntriesOf(
          sql,
          rows.map(({ id }) => id),
        )
      ).filter(counts);
      // The earliest of each comes first.
      const first = new Map(found.toReversed().map((one) => [one.return, one]));
      const followed = rows.map(({ id, returned_at }) => ({
        returnedAt: returned_at!,
        metAgainAt: first.get(id)?.at ?? null,
      }));
      return {
        answer: cohortOf(String(query.cohort), followed, now),
        records: [...rows.map(seen), ...[...first.values()].flatMap(reEntrySeen)],
      };
    });
  }
}

const countedOf = (row: CountedRow, answers: readonly AnswerRow[]): Counted => ({
  returnTo: row.return_to,
  stage: row.stage,
  openedAt: row.opened_at,
  requestedAt: row.requested_at,
  returnedAt: row.returned_at,
  transferredAt: row.transferred_at,
  abscondedAt: row.absconded_at,
  answers,
});
