import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MemberCaller, PageQuery, Roles, type MemberPrincipal, type Page } from '#platform';
import { agreementIdIn } from '../../http/path-ids.ts';
import { ReadAgreements } from './read-agreements.query.ts';

@ApiTags('agreements')
@ApiBearerAuth()
@Roles('admin', 'auditor')
@Controller('v1/agreements')
export class ReadAgreementsController {
  constructor(@Inject(ReadAgreements) private readonly agreements: ReadAgreements) {}

  @Get()
  @ApiOperation({ summary: 'The agreements that the caller’s member is party to' })
  @ApiOkResponse({ description: '{ "items": [ { "id", "title", "parties", "state", … } ], "next" }' })
  list(@MemberCaller() { member }: MemberPrincipal, @Query() query: PageQuery): Page<object> {
    return this.agreements.list(member, query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of them' })
  one(@MemberCaller() { member }: MemberPrincipal, @Param('id') id: string): object {
    return this.agreements.one(member, agreementIdIn(id));
  }

  @Get(':id/history')
  @ApiOperation({ summary: 'Every transition of one of them: which party spoke, when, and the terms of each version' })
  @ApiOkResponse({
    description:
      '{ "items": [ { "version", "event", "by", "at", "state", "revision", "terms"?, "reason"? } ], "next" }',
  })
  history(@MemberCaller() { member }: MemberPrincipal, @Param('id') id: string, @Query() query: PageQuery) {
    return this.agreements.history(member, agreementIdIn(id), query);
  }
}
