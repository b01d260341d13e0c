import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { MemberCaller, PageQuery, Roles, type MemberPrincipal } from '#platform';
import { IsRecord } from '../audit/audit.dto.ts';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { pageOf, readPage, scopeOf } from '../reading/keyset.ts';
import { Reading } from '../reading/reading.ts';
import { listPermissions, type PermissionRow } from './permissions.query.ts';

const LIST = 'GET /v1/permission-requests';

export class PermissionsQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'The record that they are about' })
  @IsOptional()
  @IsRecord()
  record?: string;
}

@ApiTags('permissions')
@ApiRead()
@Controller('v1/permission-requests')
// A publisher too: it asks, and takes back.
@Roles('analyst', 'supervisor', 'publisher')
export class PermissionsController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({
    summary: 'What this member asked of others, and was asked, newest first',
    description:
      'State: requested, granted, refused, withdrawn; void where there is nothing that it could be about, or nothing for its author. A grant ends at `until`.',
  })
  @ApiOkResponse({
    description:
      '{ "items": [ { "id", "record", "code", "scope", "reason", "requester", "at", "state", "grant"?: { "scope", "until" }, "refusal"?: { "reason" } } ], "next" }',
  })
  list(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: PermissionsQuery) {
    const { record } = query;
    const scope = scopeOf(LIST, { record });
    const asked = readPage(scope, query);
    return this.reading.asOwner({ caller, declared, route: LIST }, async (sql) => {
      const rows = await listPermissions(sql, { member: caller.member, record }, asked);
      // Like a notice: to be told of a request isn't to have read what it is about.
      return { answer: pageOf(scope, asked, rows, itemOf), records: [] };
    });
  }
}

const itemOf = ({ id, target, code, scope, reason, requester, at, state, ...answer }: PermissionRow) => ({
  ...{ id, record: target, code, scope, reason, requester, at: at.toISOString(), state },
  ...(answer.until && { grant: { scope: answer.granted_scope, until: answer.until.toISOString() } }),
  ...(answer.refused_because !== null && { refusal: { reason: answer.refused_because } }),
});
