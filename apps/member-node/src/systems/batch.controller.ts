import { Controller, Inject, Post, Req, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { named } from '../http/named.ts';
import { answerLines } from '../http/ndjson/answer-lines.ts';
import { ApiBatch } from '../http/ndjson/api-batch.ts';
import { SubmitRecords } from './commands.ts';
import type { System } from './declaration.ts';

/** Many records of a system at once, at its member's own node. */
export const batchController = (system: System): Type => {
  @ApiTags(system.path)
  @ApiBearerAuth()
  @Controller('v1')
  class BatchController {
    constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

    // The router reads a doubled colon as one that begins no parameter.
    @Post(`${system.path}::batch`)
    @Roles('publisher')
    @ApiBatch(`${system.summary}: many`)
    submit(
      @MemberCaller() caller: MemberPrincipal,
      @FromHeaders() { idempotencyKey }: CommandHeaders,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
    ): void {
      answerLines(request, reply, (lines) =>
        this.commands.execute(new SubmitRecords(system, caller, lines, idempotencyKey)),
      );
    }
  }
  return named(BatchController, 'batch', system.kind);
};
