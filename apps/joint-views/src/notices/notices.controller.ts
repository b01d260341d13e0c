import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MemberCaller, PageQuery, Roles, type MemberPrincipal } from '#platform';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { pageOf, readPage, scopeOf } from '../reading/keyset.ts';
import { Reading } from '../reading/reading.ts';
import { listNotices, type NoticeRow } from './notices.query.ts';

const LIST = 'GET /v1/notices';

@ApiTags('notices')
@ApiRead()
@Controller('v1/notices')
// A publisher too: claims are its commands, and their author is told when they are void.
@Roles('analyst', 'supervisor', 'publisher')
export class NoticesController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({
    summary:
      'What this member is told: recalls of what it had read, void claims, shared targets, what it is asked, its documents that were checked',
  })
  @ApiOkResponse({ description: '{ "items": [ … ], "next": "…" | null }' })
  list(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: PageQuery) {
    const scope = scopeOf(LIST, {});
    const asked = readPage(scope, query);
    const { member, clearance } = caller;
    return this.reading.asOwner({ caller, declared, route: LIST }, async (sql, context) => {
      const rows = await listNotices(sql, { member, clearance, ...context }, asked);
      // A notice serves nothing of the record that it names: to be told of one isn't to have read it.
      return { answer: pageOf(scope, asked, rows, itemOf), records: [] };
    });
  }
}

const itemOf = ({ id, kind, record, at, acknowledged, contact }: NoticeRow) => ({
  id,
  kind,
  record,
  at: at.toISOString(),
  acknowledged,
  ...(contact === null ? {} : { contact }),
});
