import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { BackfillBody, NotFound, readBackfill } from '#contracts';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { answerWith, bodySchema, type Reply } from '../http/answers.ts';
import { Idempotency } from '../records/idempotency.ts';
import { Backfills, type BackfillProgress } from './backfills.ts';
import type { Choice } from './choice.ts';

/** So long an answer waits for all of it; what is left goes on. */
const PATIENCE_MS = 20_000;

@ApiTags('backfills')
@ApiBearerAuth()
@Controller('v1/backfills')
export class BackfillsController {
  constructor(
    @Inject(Backfills) private readonly backfills: Backfills,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @Roles('supervisor')
  @ApiOperation({ summary: 'Lets a new member see what this one released to the whole task force before' })
  @ApiBody({ schema: bodySchema(BackfillBody) })
  @ApiCreatedResponse({ description: '{ "id": "MK", "version", "since", "state": "running" | "done", "records" }' })
  async choose(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Body() given: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const body = readBackfill(given);
    const asked = { caller, headers, operation: 'choose a backfill', body };
    const answer = await this.idempotency.run(asked, async (_, acting) => {
      await this.backfills.choose(body, acting);
      await this.backfills.settled(body.member, PATIENCE_MS);
      return { status: 201, answer: { id: body.member, ...(await this.told(body.member)) } };
    });
    return answerWith(reply, '/v1/backfills', answer);
  }

  @Get(':member')
  @Roles('supervisor', 'auditor')
  @ApiOperation({ summary: 'What was chosen for a new member, by whom, and how far it is' })
  @ApiOkResponse({
    description: '{ "id", "version", "since", "by", "at", "state", "records", "progress"?: { "done", "of" } }',
  })
  @ApiNotFoundResponse({ description: 'Nothing was chosen for it' })
  async find(@Param('member') member: string): Promise<object> {
    return { id: member, ...(await this.told(member)) };
  }

  private async told(member: string): Promise<object> {
    const found = await this.backfills.find(member);
    if (!found) throw new NotFound();
    return answerOf(found.choice, found.progress);
  }
}

const answerOf = ({ version, since, by, at, records }: Choice, progress: BackfillProgress | null): object => ({
  version,
  since,
  by,
  at,
  state: records === null ? 'running' : 'done',
  records: records ?? progress?.extended ?? 0,
  ...(records === null && progress && { progress: { done: progress.done, of: progress.of } }),
});
