import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { isUuid } from '#contracts';
import { MemberCaller, PageQuery, Roles, type MemberPrincipal } from '#platform';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { pageOf, readPage, scopeOf } from '../reading/keyset.ts';
import { Reading } from '../reading/reading.ts';
import { DNA_THRESHOLDS } from '../tokens.ts';
import { describeHit, describeHits } from './hit-view.ts';
import { findHit, listHits } from './hits.query.ts';
import type { MemberThresholds } from './thresholds.ts';

const LIST = 'GET /v1/dna/hits';
const DETAIL = 'GET /v1/dna/hits/{id}';

@ApiTags('dna')
@ApiRead()
@Controller('v1/dna/hits')
@Roles(...READ_ROLES.records)
export class HitsController {
  constructor(
    @Inject(Reading) private readonly reading: Reading,
    @Inject(DNA_THRESHOLDS) private readonly thresholds: MemberThresholds,
  ) {}

  @Get()
  @ApiOperation({
    summary: "Where this member's profiles meet others that it may see, newest first",
    description:
      'References only. Quality: 1 all equal; one allele differs by a wildcard (2), a micro-variant (3), otherwise (4). `searcher` may confirm, dismiss and ask for core data, the other member send or refuse them, each at its own node.',
  })
  @ApiOkResponse({
    description:
      '{ "items": [ { "id", "quality", "loci", "own", "other": { "member", "reference" }, "searcher", "state", "due"?, "expectedAdventitious", "updatedAt" } ], "next" }',
  })
  list(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: PageQuery) {
    const scope = scopeOf(LIST, {});
    const asked = readPage(scope, query);
    return this.reading.asViewer({ caller, declared, route: LIST }, async (sql, { now }) => {
      const rows = await listHits(sql, this.thresholds, asked);
      const shown = rows.slice(0, asked.limit);
      const { items, records } = await describeHits(sql, shown, now);
      const byId = new Map(shown.map(({ id }, n) => [id, items[n]!]));
      return { answer: pageOf(scope, asked, rows, ({ id }) => byId.get(id)!), records };
    });
  }

  @Get(':id')
  @ApiOperation({ summary: 'A hit; with the core data that were sent, or why they were refused' })
  @ApiOkResponse({ description: 'As in the list, and "data" or "refusal"' })
  @ApiNotFoundResponse({ description: 'Not there, or not for this viewer' })
  detail(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Param('id') id: string) {
    return this.reading.asViewer({ caller, declared, route: DETAIL }, async (sql, { now }) => {
      const [row] = isUuid(id) ? await findHit(sql, this.thresholds, id) : [];
      return row ? describeHit(sql, row, now) : { answer: null, records: [] };
    });
  }
}
