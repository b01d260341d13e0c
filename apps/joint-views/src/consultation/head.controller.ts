import { Controller, Get, Headers, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { InvalidRequest } from '#contracts';
import { Public } from '#platform';
import type { Database } from '#sql';
import { KeyTokens } from '../keyring/key-token.ts';
import { DATABASE } from '../tokens.ts';
import { hashAt, headOf } from './entries.query.ts';
import { NO_ENTRY, type Head } from './entry.ts';

/** `known`: the hash of the line that was asked about, null where there is none. */
interface HeadAnswer extends Head {
  known?: string | null;
}

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
  @ApiQuery({ name: 'known', required: false, description: 'A number: the answer says which hash stands there now' })
  @ApiOkResponse({ description: '{ "number": 812, "hash": "…", "known"?: "…" | null }' })
  async head(
    @Headers('authorization') token: string | undefined,
    @Query('known') known: string | undefined,
  ): Promise<HeadAnswer> {
    const member = await this.tokens.verify(token);
    const head = (await headOf(this.db, member)) ?? NO_ENTRY;
    return known === undefined ? head : { ...head, known: await hashAt(this.db, member, numberOf(known)) };
  }
}

const numberOf = (known: string): number => {
  if (/^[1-9]\d{0,14}$/.test(known)) return Number(known);
  throw new InvalidRequest([{ path: '/known', rule: 'number', message: 'known is the number of a line.' }]);
};
