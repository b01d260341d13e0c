import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiForbiddenResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { Forbidden, InvalidRequest } from '#contracts';
import { decodeCursor, encodeCursor, MemberCaller, Roles, toPage, type MemberPrincipal } from '#platform';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { pageOf, readPage, scopeOf } from '../reading/keyset.ts';
import { Reading } from '../reading/reading.ts';
import { AuditQuery } from './audit.dto.ts';
import { isOwnRecord, listLines, listSights, type LineRow, type SightRow } from './audit.query.ts';

export const AUDIT = 'GET /v1/audit';

const sightsScope = (record: string): string => scopeOf(AUDIT, { record });

/** The cursor of `GET /v1/audit?record=` that goes on after a row: other answers may send on to there. */
export const nextSights = (record: string) => (row: SightRow) => encodeCursor(sightsScope(record), [row.stamp, row.id]);

export const sightOf = ({ id, member, at, purpose }: SightRow) => ({ id, member, at: at.toISOString(), purpose });

@ApiTags('audit')
@ApiRead()
@Controller('v1/audit')
@Roles(...READ_ROLES.audit)
export class AuditController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({
    summary: 'Which members saw an own record; for an auditor, what the own users read',
    description: 'With `record`: the originator. Being listed counts as seen. With `user`, or neither: an auditor.',
  })
  @ApiOkResponse({
    description:
      'Of a record: { "items": [ { "id", "member", "at", "purpose" } ], "next" }. Of users: { "items": [ { "id", "at", "user", "roles", "purpose", "case", "route", "records" } ], "next" }',
  })
  @ApiForbiddenResponse({ description: 'What users read is for auditors' })
  @ApiNotFoundResponse({ description: "Not there, or another member's" })
  list(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: AuditQuery) {
    const { record, user } = query;
    if (record === undefined) return this.ofUsers(caller, declared, query);
    if (user !== undefined) throw oneOnly();
    return this.ofRecord(caller, declared, { ...query, record });
  }

  private ofRecord(caller: MemberPrincipal, declared: Declaration, query: AuditQuery & { record: string }) {
    const { record } = query;
    const scope = sightsScope(record);
    const asked = readPage(scope, query);
    return this.reading.asOwner({ caller, declared, route: AUDIT }, async (sql) => {
      if (!(await isOwnRecord(sql, record, caller.member))) return { answer: null, records: [] };
      const rows = await listSights(sql, { record, asking: caller.member, until: null }, asked);
      const records = [{ record, originator: caller.member }];
      return { answer: pageOf(scope, asked, rows, sightOf), records };
    });
  }

  private ofUsers(caller: MemberPrincipal, declared: Declaration, { user, limit, cursor }: AuditQuery) {
    if (!caller.roles.includes('auditor')) throw new Forbidden('What users read is for auditors.');
    const scope = scopeOf(AUDIT, { user });
    const before = cursor === undefined ? null : numberIn(scope, cursor);
    return this.reading.asOwner({ caller, declared, route: AUDIT }, async (sql) => {
      const rows = await listLines(sql, { member: caller.member, user }, { limit, before });
      const next = ({ number }: LineRow) => encodeCursor(scope, [number]);
      return { answer: toPage(rows, limit, lineOf, next), records: [] };
    });
  }
}

const lineOf = ({ id, at, actor, roles, purpose, case_reference, route, records, protection }: LineRow) => ({
  ...{ id, at: at.toISOString(), user: actor, roles, purpose, case: case_reference, route, records },
  ...(protection && { protection }),
});

/** The number in a cursor that a list gave. Throws InvalidRequest. */
export const numberIn = (scope: string, cursor: string): number => {
  const [number] = decodeCursor(scope, cursor, 1);
  if (Number.isSafeInteger(number) && (number as number) >= 0) return number as number;
  throw new InvalidRequest([
    { path: '/cursor', rule: 'cursor', message: 'The cursor is not one that this list gave.' },
  ]);
};

const oneOnly = () =>
  new InvalidRequest([{ path: '/user', rule: 'one-of', message: 'Ask of a record or of a user, not of both.' }]);
