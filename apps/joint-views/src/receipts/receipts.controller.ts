import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { MemberCaller, Roles, type MemberPrincipal } from '#platform';
import { IsRecord } from '../audit/audit.dto.ts';
import { isOwnRecord } from '../audit/audit.query.ts';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { Reading } from '../reading/reading.ts';
import { erasureOf, recallsOf } from './receipts.query.ts';

const ROUTE = 'GET /v1/receipts';

export class ReceiptsQuery {
  @ApiProperty({ format: 'uuid', description: 'An own record' })
  @IsRecord()
  record!: string;
}

@ApiTags('audit')
@ApiRead()
@Controller('v1/receipts')
@Roles(...READ_ROLES.audit)
export class ReceiptsController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({
    summary: 'Who was told that an own record was taken back, and took note; and what is left of it once erased',
    description:
      'Only members that had been served it are told, and stand here. `erasure` is null until the record is erased, and counted at each request: no key and no row is left.',
  })
  @ApiOkResponse({
    description:
      '{ "record", "recalls": [ { "member", "at", "acknowledgedAt": "…" | null } ], "erasure": { "erasedAt", "keysDestroyed", "keysLeft", "rowsLeft" } | null }',
  })
  @ApiNotFoundResponse({ description: "Not there, or another member's" })
  find(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() { record }: ReceiptsQuery) {
    return this.reading.asOwner({ caller, declared, route: ROUTE }, async (sql) => {
      if (!(await isOwnRecord(sql, record, caller.member))) return { answer: null, records: [] };
      const recalls = await recallsOf(sql, record);
      const erasure = await erasureOf(sql, record);
      const answer = {
        record,
        recalls: recalls.map(({ member, at, acknowledged_at }) => ({
          ...{ member, at: at.toISOString(), acknowledgedAt: acknowledged_at?.toISOString() ?? null },
        })),
        erasure: erasure
          ? {
              erasedAt: erasure.erased_at.toISOString(),
              keysDestroyed: erasure.keys_destroyed,
              keysLeft: erasure.keys_left,
              rowsLeft: erasure.rows_left,
            }
          : null,
      };
      return { answer, records: [{ record, originator: caller.member }] };
    });
  }
}
