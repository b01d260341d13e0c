import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { answerLines, NDJSON } from '../../http/ndjson/answer-lines.ts';
import { Batch } from './batch.ts';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1')
export class SubmitBatchController {
  constructor(@Inject(Batch) private readonly batch: Batch) {}

  // The router reads a doubled colon as one that begins no parameter.
  @Post('reports::batch')
  @Roles('publisher')
  @ApiOperation({ summary: 'Submit many reports, one a line; each is answered by a line once it is stored' })
  @ApiConsumes(NDJSON)
  @ApiProduces(NDJSON)
  @ApiOkResponse({ description: '{ "line": 1, "status": "accepted", "id", "version" } or { …, "code", "errors" }' })
  submit(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() { idempotencyKey }: CommandHeaders,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    answerLines(request, reply, (lines) => this.batch.store(lines, caller, idempotencyKey));
  }
}
