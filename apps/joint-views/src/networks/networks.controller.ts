import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import { InvalidRequest, parseEntityId } from '#contracts';
import { MemberCaller, Roles, type MemberPrincipal } from '#platform';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { pageOf, readPage, scopeOf } from '../reading/keyset.ts';
import { Reading } from '../reading/reading.ts';
import { kindsOf } from './ftm.ts';
import { drawGraph } from './graph.ts';
import { GraphQuery } from './graph.dto.ts';
import { searchKeys } from './name-search.ts';
import { originatorsOf, profilesOf } from './profiles.ts';
import { describeSubject } from './subject-detail.ts';
import { SubjectsQuery } from './subjects.dto.ts';
import { listSubjects } from './subjects.query.ts';

const LIST = 'GET /v1/subjects';
const DETAIL = 'GET /v1/subjects/{id}';
const GRAPH = 'GET /v1/networks/graph';
const ABSENT = { answer: null, records: [] };

@ApiTags('networks')
@ApiRead()
@Controller('v1')
@Roles(...READ_ROLES.records)
export class NetworksController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get('subjects')
  @ApiOperation({ summary: 'Whom and what the visible reports speak of, newest first' })
  @ApiOkResponse({ description: '{ "items": [ … ], "next": "…" | null }' })
  list(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: SubjectsQuery) {
    const { limit, cursor, ...given } = query;
    const { name, schema, ...filter } = given;
    const names = name === undefined ? undefined : searchKeys(name);
    const schemas = schema === undefined ? undefined : kindsOrRefusal(schema);
    const scope = scopeOf(LIST, given);
    const asked = readPage(scope, { limit, cursor }, 'entity');
    return this.reading.asViewer({ caller, declared, route: LIST }, async (sql) => {
      const rows = await listSubjects(sql, { ...filter, names, schemas }, asked);
      const shown = rows.slice(0, limit).map(({ id }) => id);
      const profiles = await profilesOf(sql, shown);
      const item = (id: string) => {
        const { records, ...profile } = profiles.get(id)!;
        return { ...profile, originators: originatorsOf(records), reports: records.length };
      };
      return {
        answer: pageOf(scope, asked, rows, (row) => item(row.id)),
        records: shown.flatMap((id) => profiles.get(id)!.records),
      };
    });
  }

  @Get('subjects/:id')
  @ApiOperation({ summary: 'All that the visible reports say of one subject, each value with its source' })
  @ApiOkResponse({ description: 'The subject' })
  @ApiNotFoundResponse({ description: 'No visible report speaks of it' })
  detail(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Param('id') id: string) {
    const work = { caller, declared, route: DETAIL };
    return this.reading.asViewer(
      work,
      async (sql) => (parseEntityId(id) ? await describeSubject(sql, id) : null) ?? ABSENT,
    );
  }

  @Get('networks/graph')
  @ApiOperation({ summary: 'The network around a subject' })
  @ApiOkResponse({ description: '{ "nodes": [ … ], "edges": [ … ], "truncated": false }' })
  @ApiNotFoundResponse({ description: 'No visible report speaks of the subject' })
  graph(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: GraphQuery) {
    const work = { caller, declared, route: GRAPH };
    return this.reading.asViewer(work, async (sql) => (await drawGraph(sql, query)) ?? ABSENT);
  }
}

const kindsOrRefusal = (schema: string): string[] => {
  const kinds = kindsOf(schema);
  if (kinds) return kinds;
  throw new InvalidRequest([{ path: '/schema', rule: 'schema', message: 'FollowTheMoney has no such schema.' }]);
};
