import { Readable } from 'node:stream';
import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#contracts';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { Batch, MAX_LINE_BYTES, MAX_LINES } from './batch.ts';
import { linesOf } from './line-queue.ts';

const NDJSON = 'application/x-ndjson';
const LIMITS = { maxLineBytes: MAX_LINE_BYTES, maxLines: MAX_LINES, chunk: 500, held: 4 * 1024 * 1024 };

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
    if (!request.headers['content-type']?.startsWith(NDJSON)) {
      throw new Problem('unsupported-media-type', 415, 'The media type is not supported', {
        detail: `A batch is ${NDJSON}: one JSON object a line.`,
      });
    }
    const source = request.body instanceof Readable ? request.body : Readable.from([]);
    const results = Readable.from(this.results(source, caller, idempotencyKey), { objectMode: false });
    void reply.status(200).header('content-type', `${NDJSON}; charset=utf-8`).send(results);
  }

  private async *results(source: Readable, caller: MemberPrincipal, key?: string): AsyncGenerator<string> {
    // Destroying what the caller still sends would cut off the answer with it.
    const chunks = source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    for await (const lines of linesOf(chunks, LIMITS)) {
      const results = await this.batch.store(lines, caller, key);
      if (results.length > 0) yield results.map((result) => `${JSON.stringify(result)}\n`).join('');
    }
    source.resume();
  }
}
