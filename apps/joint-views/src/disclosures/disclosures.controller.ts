import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { CLOCK, MemberCaller, Roles, toPage, type Clock, type MemberPrincipal } from '#platform';
import type { Database } from '#sql';
import { nextSights, sightOf } from '../audit/audit.controller.ts';
import { isOwnRecord, listSights } from '../audit/audit.query.ts';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { Reading } from '../reading/reading.ts';
import { DATABASE } from '../tokens.ts';
import { whoCould, type Interval } from './could.ts';
import { DisclosuresQuery } from './disclosures.dto.ts';
import { Histories } from './histories.ts';

const ROUTE = 'GET /v1/disclosures';

interface Could {
  could: Interval[];
  shieldKnown: boolean;
  /** Of a contribution: whoever sees this operation sees it. When that was is the operation's originator's to ask. */
  dependsOn?: string;
}

@ApiTags('audit')
@ApiRead()
@Controller('v1/disclosures')
@Roles(...READ_ROLES.audit)
export class DisclosuresController {
  constructor(
    @Inject(Reading) private readonly reading: Reading,
    @Inject(Histories) private readonly histories: Histories,
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Who could have seen an own record, and who did',
    description:
      'Computed from the events: the rights at each time, on the record as it was then. `until` null: it still could at `at`. `shieldKnown` false: the record is erased, its shield with it, and `could` is the most that it may have been. `next` goes on with `did` at GET /v1/audit?record=.',
  })
  @ApiOkResponse({
    description:
      '{ "could": [ { "member", "since", "until" } ], "did": [ { "member", "at", "purpose" } ], "shieldKnown", "dependsOn"?, "next" }',
  })
  @ApiNotFoundResponse({ description: "Not there, or another member's" })
  async find(
    @MemberCaller() caller: MemberPrincipal,
    @Declared() declared: Declaration,
    @Query() query: DisclosuresQuery,
  ) {
    const { record, limit } = query;
    const until = query.at === undefined ? this.clock.now() : Date.parse(query.at);
    // Outside of the read's transaction: the exchange may be in the same database, which has one connection.
    const could = await this.could(record, caller.member, until);
    return this.reading.asOwner({ caller, declared, route: ROUTE }, async (sql) => {
      if (!could || !(await isOwnRecord(sql, record, caller.member))) return { answer: null, records: [] };
      const asked = { record, asking: caller.member, until: new Date(until) };
      const rows = await listSights(sql, asked, { limit, after: null });
      const { items, next } = toPage(rows, limit, sightOf, nextSights(record));
      const did = items.map(({ member, at, purpose }) => ({ member, at, purpose }));
      return { answer: { ...could, did, next }, records: [{ record, originator: caller.member }] };
    });
  }

  /** Null where it isn't this member's record: then nothing is read, whether or not it is there. */
  private async could(record: string, originator: string, until: number): Promise<Could | null> {
    if (!(await isOwnRecord(this.db, record, originator))) return null;
    const registry = await this.histories.registry();
    const history = (await this.histories.ofRecords(originator, new Set([record]), registry)).get(record);
    if (!history) return { could: [], shieldKnown: true };
    const could = whoCould(history, registry, until);
    const shieldKnown = history.every(({ state }) => state.shieldKnown);
    const { partOf } = history.at(-1)!.state;
    return { could, shieldKnown, ...(partOf !== null && { dependsOn: partOf }) };
  }
}
