import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { encodeCursor, MemberCaller, PageQuery, Roles, type MemberPrincipal } from '#platform';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { readPage, scopeOf } from '../reading/keyset.ts';
import { Reading } from '../reading/reading.ts';
import { changesSince, type ChangeRow } from './changes.query.ts';
import { OneAtATime } from './one-at-a-time.ts';

const ROUTE = 'GET /v1/changes';
/** Two instances that are asked for one feed at once: the later one looks again. */
const SERIALIZATION_FAILURE = '40001';
const TRIES = 30;

export interface Changes {
  items: { id: string; kind: string; category: string }[];
  next: string;
}

/** For a system that keeps a copy of what its member may see. */
@ApiTags('changes')
@ApiRead()
@Controller('v1/changes')
@Roles(...READ_ROLES.records)
export class ChangesController {
  readonly #feeds = new OneAtATime();

  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({ summary: 'What this viewer may see since, or no more, oldest first' })
  @ApiOkResponse({
    description:
      '{ "items": [ { "id", "kind": "upserted" | "withdrawn", "category" } ], "next": "…" }: go on from there, also after an empty page',
  })
  list(
    @MemberCaller() caller: MemberPrincipal,
    @Declared() declared: Declaration,
    @Query() query: PageQuery,
  ): Promise<Changes> {
    const { member, clearance } = caller;
    // Each poll moves its feed on: of many at once all but one would begin again.
    const feed = [member, declared.purpose, clearance].join();
    return this.#feeds.run(feed, () => this.untilHeld(caller, declared, query));
  }

  private async untilHeld(caller: MemberPrincipal, declared: Declaration, query: PageQuery): Promise<Changes> {
    for (let left = TRIES; ; left -= 1) {
      try {
        return await this.page(caller, declared, query);
      } catch (error) {
        if ((error as { code?: string }).code !== SERIALIZATION_FAILURE || left === 1) throw error;
      }
    }
  }

  private page(caller: MemberPrincipal, declared: Declaration, { limit, cursor }: PageQuery): Promise<Changes> {
    const { member, clearance } = caller;
    const { purpose } = declared;
    // A place in one feed means nothing in another.
    const scope = scopeOf(ROUTE, { member, purpose, clearance });
    const start = encodeCursor(scope, []);
    const { after } = cursor === start ? { after: null } : readPage(scope, { limit, cursor });
    return this.reading.asViewer({ caller, declared, route: ROUTE }, async (sql, { now }) => {
      const rows = await changesSince(sql, { member, purpose, clearance, now, limit, after });
      const last = rows.at(-1);
      const next = last ? encodeCursor(scope, [last.stamp, last.id]) : (cursor ?? start);
      const items = rows.map(({ id, kind, category }) => ({ id, kind, category }));
      return { answer: { items, next }, records: rows.filter(isServed).map(seen) };
    });
  }
}

/** Of what is withdrawn nothing is served. */
const isServed = ({ kind }: ChangeRow): boolean => kind === 'upserted';
const seen = ({ id, originator }: ChangeRow) => ({ record: id, originator: originator! });
