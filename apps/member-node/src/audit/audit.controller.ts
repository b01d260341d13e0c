import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches, ValidateBy } from 'class-validator';
import { InvalidRequest, isInstant } from '#contracts';
import { decodeCursor, encodeCursor, PageQuery, Roles, toPage, type Page } from '#platform';
import { Trail } from './trail.ts';
import { Witness, type KeptHead } from './witness.ts';

/** The newest vouches for those before it. A verification takes so many of as many members as there can be. */
const HEADS = 150;

/** A time of RFC 3339, UTC. */
const IsTime = () =>
  ValidateBy({
    name: 'instant',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isInstant(value),
      defaultMessage: (at) => `${at?.property} must be a time of RFC 3339, UTC, such as 2025-05-15T00:00:00Z`,
    },
  });

export class TrailQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Of this record alone: all of it, on one page' })
  @IsOptional()
  @Matches(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/, { message: '$property must be the id of a record' })
  record?: string;

  @ApiPropertyOptional({
    enum: ['consultation'],
    description: "What the member's own users read at this node, instead",
  })
  @IsOptional()
  @IsIn(['consultation'])
  operation?: 'consultation';

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'With `operation`: from the first line at this time or later',
  })
  @IsOptional()
  @IsTime()
  from?: string;
}

class HeadsQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Those that were seen before this time' })
  @IsOptional()
  @IsTime()
  before?: string;
}

const badCursor = () =>
  new InvalidRequest([{ path: '/cursor', rule: 'cursor', message: 'The cursor is not one that this list gave.' }]);
const strayFrom = () =>
  new InvalidRequest([{ path: '/from', rule: 'from', message: 'from goes with operation=consultation alone.' }]);

/** What was done with the member's own records, for its auditor. */
@ApiTags('audit')
@ApiBearerAuth()
@Controller('v1/audit')
export class AuditController {
  constructor(
    @Inject(Trail) private readonly trail: Trail,
    @Inject(Witness) private readonly witness: Witness,
  ) {}

  @Get()
  @Roles('auditor')
  @ApiOperation({
    summary: 'Collection, consultation, alteration, disclosure and erasure of own records: who and when, oldest first',
  })
  @ApiOkResponse({
    description:
      '{ "items": [ { "id", "record", "at", "by", "operation": "collection|consultation|alteration|disclosure|erasure", "event", "released"? } ], "next" }; with `operation`, "records", "number", "previous", "hash" instead of "record"',
  })
  async list(@Query() query: TrailQuery): Promise<Page<object>> {
    const { record, operation, from, limit, cursor } = query;
    if (from !== undefined && (record !== undefined || operation === undefined)) throw strayFrom();
    if (record !== undefined) return { items: await this.trail.of(record), next: null };
    if (operation !== undefined) return this.consulted(query);
    const after = cursor === undefined ? null : String(decodeCursor('audit', cursor, 1)[0]);
    const items = await this.trail.all(after, limit);
    if (!items) throw badCursor();
    return toPage(
      items,
      limit,
      (item) => item,
      ({ id }) => encodeCursor('audit', [id]),
    );
  }

  private async consulted({ limit, cursor, from }: TrailQuery): Promise<Page<object>> {
    const after = cursor === undefined ? 0 : decodeCursor('consultations', cursor, 1)[0];
    if (!Number.isSafeInteger(after)) throw badCursor();
    return toPage(
      await this.trail.consulted(
        cursor === undefined && from !== undefined ? new Date(from) : Number(after),
        limit + 1,
      ),
      limit,
      ({ actor: by, ...line }) => ({ ...line, by, operation: 'consultation' }),
      ({ number }) => encodeCursor('consultations', [number]),
    );
  }

  @Get('heads')
  @Roles('auditor', 'operator')
  @ApiOperation({
    summary: "Where the joint views' log of this member's consultations ended, each time that this node looked",
  })
  @ApiOkResponse({ description: '{ "items": [ { "number": 812, "hash": "…", "at", "contradictedAt"? } ] }' })
  async heads(@Query() { before }: HeadsQuery) {
    const heads = await this.witness.heads(HEADS, before === undefined ? undefined : new Date(before));
    return { items: heads.map(headItem) };
  }
}

const headItem = ({ number, hash, at, contradicted_at: contradicted }: KeptHead) => ({
  ...{ number, hash, at: at.toISOString() },
  ...(contradicted && { contradictedAt: contradicted.toISOString() }),
});
