import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { InvalidRequest, isDate, isUuid } from '#contracts';
import {
  CLOCK,
  decodeCursor,
  encodeCursor,
  MemberCaller,
  PageQuery,
  Roles,
  toPage,
  type Clock,
  type MemberPrincipal,
  type Page,
} from '#platform';
import { ListQueries, type ReviewRow } from '../records/list-queries.ts';

const DAY = 86_400_000;
/** How long before its review date a record is shown. */
const NOTICE_DAYS = 30;

const IsDay = () =>
  ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isDate(value),
      defaultMessage: (at) => `${at?.property} must be a date, such as 2028-05-15`,
    },
  });

export class ReviewsQuery extends PageQuery {
  @ApiPropertyOptional({
    format: 'date',
    description: `To be reviewed before this day: by default ${NOTICE_DAYS} days from now`,
  })
  @IsOptional()
  @IsDay()
  dueBefore?: string;
}

@ApiTags('reviews')
@ApiBearerAuth()
@Roles('supervisor')
@Controller('v1/reviews')
export class ReviewsController {
  constructor(
    @Inject(ListQueries) private readonly queries: ListQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary: "The member's released records whose review date comes within 30 days, the soonest first",
    description: 'A record expires with its review date. An amendment with a later `reviewBy` prolongs a report.',
  })
  @ApiOkResponse({ description: '{ "items": [ { "id", "kind", "reviewBy", "version" } ], "next" }' })
  async list(@MemberCaller() { clearance }: MemberPrincipal, @Query() query: ReviewsQuery): Promise<Page<ReviewRow>> {
    const { limit, cursor, dueBefore } = query;
    const scope = `reviews ${dueBefore ?? ''}`;
    const after = cursor === undefined ? null : readCursor(scope, cursor);
    // The day itself counts: on the thirtieth day before its review date a record is shown.
    const before = dueBefore ?? new Date(this.clock.now() + (NOTICE_DAYS + 1) * DAY).toISOString().slice(0, 10);
    const rows = await this.queries.reviews({ before, clearance, limit, after });
    return toPage(
      rows,
      limit,
      (row) => row,
      ({ reviewBy, id }) => encodeCursor(scope, [reviewBy, id]),
    );
  }
}

const readCursor = (scope: string, cursor: string): Pick<ReviewRow, 'id' | 'reviewBy'> => {
  const [reviewBy, id] = decodeCursor(scope, cursor, 2);
  if (typeof reviewBy === 'string' && isDate(reviewBy) && isUuid(id)) return { reviewBy, id };
  throw new InvalidRequest([
    { path: '/cursor', rule: 'cursor', message: 'The cursor is not one that this list gave.' },
  ]);
};
