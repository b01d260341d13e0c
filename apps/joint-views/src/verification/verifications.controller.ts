import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiBody,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Type } from '@sinclair/typebox';
import { validator } from '#contracts';
import { Roles } from '#platform';
import type { Run } from '../service/runs.ts';
import { Verifications } from './verifications.ts';
import type { Verified } from './verify.ts';

const strict = { additionalProperties: false };
const Head = Type.Object(
  {
    member: Type.String({ pattern: '^[A-Z]{2}$' }),
    number: Type.Integer({ minimum: 1 }),
    hash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  },
  strict,
);
const description = "Where members' logs ended when their own nodes looked: GET /v1/audit/heads of each";
const StartVerification = Type.Object(
  { heads: Type.Optional(Type.Array(Head, { maxItems: 10_000, description })) },
  strict,
);
const readStart = validator(StartVerification);

/** For the operator: whether all that the joint views hold and did is what was signed, and what was allowed. */
@ApiTags('service')
@ApiBearerAuth()
@Controller('v1/verifications')
@Roles('operator')
export class VerificationsController {
  constructor(@Inject(Verifications) private readonly verifications: Verifications) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Starts to check every source, every log of consultations, and what was served',
    description: 'Answers at once: poll GET /v1/verifications/{id} until `state` is done or failed.',
  })
  @ApiBody({ schema: StartVerification as object })
  @ApiAcceptedResponse({ description: '{ "id", "state": "running", "phase", "checked", "total", "findings": [] }' })
  @ApiConflictResponse({ description: '`verification.running`: one at a time' })
  start(@Body() body: unknown): Run<Verified> {
    return this.verifications.start(readStart(body).heads ?? []);
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far a verification is, and the first line of each chain that is wrong' })
  @ApiOkResponse({
    description:
      '{ "id", "state": "running|done|failed", "phase": "events|audit|served", "checked", "total", "findings": [ { "chain", "line", "reason", "code"? } ] }',
  })
  @ApiNotFoundResponse({ description: 'Not there, or of another process' })
  find(@Param('id') id: string): Run<Verified> {
    return this.verifications.find(id);
  }
}
