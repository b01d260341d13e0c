import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { answerLines } from '../../http/ndjson/answer-lines.ts';
import { ApiBatch } from '../../http/ndjson/api-batch.ts';
import { Batch } from './batch.ts';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1')
export class SubmitBatchController {
  constructor(@Inject(Batch) private readonly batch: Batch) {}

  // The router reads a doubled colon as one that begins no parameter.
  @Post('reports::batch')
  @Roles('publisher')
  @ApiBatch('Submit many reports')
  submit(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() { idempotencyKey }: CommandHeaders,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    answerLines(request, reply, (lines) => this.batch.store(lines, caller, idempotencyKey));
  }
}
