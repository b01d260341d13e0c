import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { InvalidRequest, isDate } from '#contracts';
import { decodeCursor, encodeCursor, MemberCaller, Roles, toPage, type MemberPrincipal, type Page } from '#platform';
import type { Sql } from '#sql';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { scopeOf } from '../reading/keyset.ts';
import { Reading, type ReadResult } from '../reading/reading.ts';
import { nationalityItem, periodItem } from './crossing-items.ts';
import { CrossingsQuery, SummaryQuery } from './crossings.dto.ts';
import { nationalities, type BreakdownAsked } from './nationalities.query.ts';
import { recordsIn, series, type SeriesAsked } from './series.query.ts';
import { summarise } from './summary.query.ts';

const LIST = 'GET /v1/crossings';
const SUMMARY = 'GET /v1/crossings/summary';
/** Where nothing is said. A year before it is still one that PostgreSQL knows. */
const BEGINNING = '0002-01-02';

type Asked = Omit<CrossingsQuery, 'cursor'> & { from: string };

@ApiTags('crossings')
@ApiRead()
@Controller('v1/crossings')
@Roles(...READ_ROLES.records)
export class CrossingsController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({ summary: 'Crossings by day, week, month, year or nationality, oldest period first' })
  @ApiOkResponse({ description: '{ "items": [ { "period", "migrants", "boats", … } ], "next": "…" | null }' })
  list(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: CrossingsQuery) {
    const { cursor, limit, ...filter } = query;
    const asked = { ...filter, limit, from: filter.from ?? BEGINNING };
    if (asked.to !== undefined && asked.to < asked.from)
      throw refusal('/to', 'order', 'The last day must not be before the first.');
    const scope = scopeOf(LIST, filter);
    const page = asked.by === 'nationality' ? breakdownPage : seriesPage;
    const work = page(asked, scope, cursor);
    return this.reading.asViewer({ caller, declared, route: LIST }, (sql, { now }) => work(sql, now));
  }

  @Get('summary')
  @ApiOperation({
    summary: "A day, its week, its year so far, and the same day of the year before, of one member's counts",
  })
  @ApiOkResponse({
    description:
      '{ "date", "day", "week", "yearToDate", "sameDayLastYear", "boats", "peoplePerBoat", … }; null: not counted',
  })
  summary(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: SummaryQuery) {
    return this.reading.asViewer({ caller, declared, route: SUMMARY }, (sql, { now }) => summarise(sql, query, now));
  }
}

type Work = (sql: Sql, now: number) => Promise<ReadResult<Page<object>>>;

const refusal = (path: string, rule: string, message: string) => new InvalidRequest([{ path, rule, message }]);
const notOurs = () => refusal('/cursor', 'cursor', 'The cursor is not one that this list gave for these filters.');

const seriesPage = (asked: Asked, scope: string, cursor: string | undefined): Work => {
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor, 1)[0];
  if (after !== undefined && !(typeof after === 'string' && isDate(after))) throw notOurs();
  const { limit, by } = asked;
  return async (sql, now) => {
    const rows = await series(sql, { ...(asked as SeriesAsked), ...(after !== undefined && { after }) }, now);
    const answer = toPage(
      rows,
      limit,
      (row) => periodItem(row, by),
      ({ start }) => encodeCursor(scope, [start]),
    );
    return { answer, records: recordsIn(rows.slice(0, limit)) };
  };
};

const isPlace = (place: readonly unknown[]): place is NonNullable<BreakdownAsked['after']> => {
  const [rank, migrants, nationality] = place;
  return (rank === 0 || rank === 1) && Number.isSafeInteger(migrants) && /^([a-z]{2}|other)$/.test(String(nationality));
};

const breakdownPage = (asked: Asked, scope: string, cursor: string | undefined): Work => {
  const after: readonly unknown[] | undefined = cursor === undefined ? undefined : decodeCursor(scope, cursor, 3);
  if (after && !isPlace(after)) throw notOurs();
  const { limit } = asked;
  return async (sql, now) => {
    const rows = await nationalities(sql, { ...asked, ...(after && { after }) }, now);
    const place = ({ rank, migrants, nationality }: (typeof rows)[number]) => [rank, migrants, nationality];
    const answer = toPage(rows, limit, nationalityItem, (row) => encodeCursor(scope, place(row)));
    return { answer, records: recordsIn(rows.slice(0, limit)) };
  };
};
