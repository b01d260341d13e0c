import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { Roles } from '#platform';
import { tablesOf } from '../intake/tables.ts';
import { VIEWS } from '../views.ts';
import { Replays, type ReplayReport } from './replays.ts';

const TABLES = tablesOf(VIEWS).map(({ name }) => name);

export class StartReplay {
  @ApiPropertyOptional({ enum: TABLES, description: 'Report on this table only; all are rebuilt together' })
  @IsOptional()
  @IsIn(TABLES)
  view?: string;
}

/** For the operator: the views built anew beside the live ones, and compared with them. */
@ApiTags('service')
@ApiBearerAuth()
@Controller('v1/replays')
@Roles('operator')
export class ReplaysController {
  constructor(@Inject(Replays) private readonly replays: Replays) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Starts to rebuild the views from the exchange',
    description:
      'Answers at once: poll GET /v1/replays/{id} until `state` is done or failed. Readers are served throughout.',
  })
  @ApiAcceptedResponse({ description: '{ "id", "state": "running", "phase", "applied", "total" }' })
  @ApiConflictResponse({ description: '`replay.running`: one at a time' })
  start(@Body() body: StartReplay): ReplayReport {
    return this.replays.start(body.view);
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far a replay is, and what it found' })
  @ApiOkResponse({
    description:
      '{ "id", "state": "running|done|failed", "phase", "applied", "total", "tables"?: [ { "name", "rows", "before", "after" } ], "differing"? }',
  })
  @ApiNotFoundResponse({ description: 'Not there, or of another process' })
  find(@Param('id') id: string): ReplayReport {
    return this.replays.find(id);
  }
}
