import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Exchange } from '#exchange';
import { encodeCursor, MemberCaller, PageQuery, Roles, type MemberPrincipal } from '#platform';
import { entriesAfter, lastBefore } from '../consultation/entries.query.ts';
import { textOfEntry } from '../consultation/entry.ts';
import { sourceOf } from '../intake/sources.ts';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { scopeOf } from '../reading/keyset.ts';
import { Reading } from '../reading/reading.ts';
import { numberIn } from './audit.controller.ts';
import { LinesQuery } from './audit.dto.ts';

/** Injection token of the Exchange. */
export const EXCHANGE = Symbol('Exchange');

const LINES = 'GET /v1/audit/lines';
const EVENTS = 'GET /v1/audit/events';

/** What a member may show to others of itself: whole, in order, as it can be verified without Accord. */
@ApiTags('audit')
@ApiRead()
@Controller('v1/audit')
@Roles('auditor')
export class EvidenceController {
  constructor(
    @Inject(Reading) private readonly reading: Reading,
    @Inject(EXCHANGE) private readonly exchange: Exchange,
  ) {}

  @Get('lines')
  @ApiOperation({
    summary: 'The log of the own consultations, oldest first: each line as its hash was taken of it',
    description: 'A line is a JSON array; its SHA-256 stands at the end of the next one. `hash` is its own.',
  })
  @ApiOkResponse({ description: '{ "items": [ { "text", "hash" } ], "next" }' })
  lines(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: LinesQuery) {
    const { limit, cursor, from } = query;
    const scope = scopeOf(LINES, { from });
    const after = placeIn(scope, cursor);
    return this.reading.asOwner({ caller, declared, route: LINES }, async (sql) => {
      const start = after ?? (from === undefined ? 0 : await lastBefore(sql, caller.member, new Date(from)));
      const entries = await entriesAfter(sql, caller.member, start, limit);
      const items = entries.map(({ hash, ...entry }) => ({ text: textOfEntry(entry), hash }));
      const next = entries.length === limit ? encodeCursor(scope, [entries.at(-1)!.number]) : null;
      return { answer: { items, next }, records: [] };
    });
  }

  @Get('events')
  @ApiOperation({ summary: "The own source's events as they stand on the exchange, oldest first" })
  @ApiOkResponse({ description: '{ "items": [ "…" ], "next" }' })
  async events(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: PageQuery) {
    const { limit, cursor } = query;
    const scope = scopeOf(EVENTS, {});
    // Outside of the read's transaction: the exchange may be in the same database, which has one connection.
    const entries = await this.exchange.read(sourceOf(caller.member), placeIn(scope, cursor) ?? 0, limit);
    const next = entries.length === limit ? encodeCursor(scope, [entries.at(-1)!.offset + 1]) : null;
    return this.reading.asOwner({ caller, declared, route: EVENTS }, async () => {
      return { answer: { items: entries.map(({ value }) => value), next }, records: [] };
    });
  }
}

/** Where to go on: a number of the log, or an offset of the source. */
const placeIn = (scope: string, cursor: string | undefined): number | null =>
  cursor === undefined ? null : numberIn(scope, cursor);
