import { Controller, Get, Headers, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '#platform';
import type { Database } from '#sql';
import { KeyTokens } from '../keyring/key-token.ts';
import { DATABASE } from '../tokens.ts';
import { headOf } from './entries.query.ts';
import { NO_ENTRY, type Head } from './entry.ts';

/**
 * A node asks where its member's log ends, and keeps it: lines that were there then can't be left out or changed later
 * without its knowing.
 */
@ApiTags('audit')
@ApiBearerAuth()
@Controller('v1/audit/head')
@Public()
export class HeadController {
  constructor(
    @Inject(KeyTokens) private readonly tokens: KeyTokens,
    @Inject(DATABASE) private readonly db: Database,
  ) {}

  @Get()
  @ApiOperation({
    summary: "Where the log of the member's consultations ends",
    description: 'The token: a JWT of the event-signing key.',
  })
  @ApiOkResponse({ description: '{ "number": 812, "hash": "…" }' })
  async head(@Headers('authorization') token: string | undefined): Promise<Head> {
    const member = await this.tokens.verify(token);
    return (await headOf(this.db, member)) ?? NO_ENTRY;
  }
}
