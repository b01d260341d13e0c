import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { InvalidRequest, isDate, isInstant, isMemberCode, NotFound } from '#contracts';
import { CLOCK, MemberCaller, Roles, type Clock, type MemberPrincipal } from '#platform';
import type { Database } from '#sql';
import { DATABASE, READ_GATE, type ReadGate } from '../tokens.ts';
import { gainsOf, type Gain } from './preview.query.ts';

const isSince = (value: unknown): boolean =>
  value === 'all' || value === 'none' || (typeof value === 'string' && (isDate(value) || isInstant(value)));

export class PreviewQuery {
  @ApiPropertyOptional({ description: 'all (unless given), none, or a date or time of RFC 3339', example: 'all' })
  @IsOptional()
  @ValidateBy({
    name: 'since',
    validator: {
      validate: isSince,
      defaultMessage: () => 'since must be all, none, or a date or time of RFC 3339, such as 2025-01-01',
    },
  })
  since?: string;
}

/**
 * What joining would show a newcomer. It is about the caller's own records, and tells counts of them: nothing of a record
 * is served, so no purpose is asked and the consultation log has no line of it.
 */
@ApiTags('onboarding')
@ApiBearerAuth()
@Roles('admin')
@Controller('v1/onboarding')
export class OnboardingController {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(READ_GATE) private readonly gate: ReadGate,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':code/preview')
  @ApiOperation({ summary: "What of this member's own records a newcomer would gain by its backfill" })
  @ApiOkResponse({ description: '{ "originator": "GB", "gains": [ { "category": "intelligence", "records": 12 } ] }' })
  async preview(
    @MemberCaller() { member }: MemberPrincipal,
    @Param('code') code: string,
    @Query() { since = 'all' }: PreviewQuery,
  ): Promise<{ originator: string; gains: Gain[] }> {
    const now = this.clock.now();
    const withheld = this.gate.withheld(now).includes(member);
    const [known] = await this.db.query<{ state: string }>('select state from views.members where code = $1', [member]);
    if (known?.state !== 'active') throw new NotFound();
    const asked = { originator: member, newcomer: codeIn(code), since: since === 'all' ? null : since, now };
    return { originator: member, gains: withheld ? [] : await gainsOf(this.db, asked) };
  }
}

const codeIn = (code: string): string => {
  if (isMemberCode(code)) return code;
  const message = "A member's code is two capital letters.";
  throw new InvalidRequest([{ path: '/code', rule: 'member', message }]);
};
