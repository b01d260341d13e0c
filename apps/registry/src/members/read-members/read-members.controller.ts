import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MemberCaller, PageQuery, Roles, type MemberPrincipal, type Page } from '#platform';
import { memberCodeIn } from '../../http/path-ids.ts';
import { ReadMembers } from './read-members.query.ts';

@ApiTags('members')
@ApiBearerAuth()
@Roles('publisher', 'analyst', 'supervisor', 'auditor', 'admin')
@Controller('v1/members')
export class ReadMembersController {
  constructor(@Inject(ReadMembers) private readonly members: ReadMembers) {}

  @Get()
  @ApiOperation({ summary: 'All members, in every state' })
  @ApiOkResponse({ description: '{ "items": [ { "code", "name", "state", … } ], "next" }' })
  list(@MemberCaller() _: MemberPrincipal, @Query() query: PageQuery): Page<object> {
    return this.members.list(query);
  }

  @Get(':code')
  @ApiOperation({ summary: 'One member' })
  one(@MemberCaller() _: MemberPrincipal, @Param('code') code: string): object {
    return this.members.one(memberCodeIn(code));
  }

  @Get(':code/history')
  @ApiOperation({ summary: 'Every transition: which member spoke, and when' })
  @ApiOkResponse({ description: '{ "items": [ { "version", "event", "by", "at", "state", "reason"? } ], "next" }' })
  history(@MemberCaller() _: MemberPrincipal, @Param('code') code: string, @Query() query: PageQuery) {
    return this.members.history(memberCodeIn(code), query);
  }
}
