import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { decide, READ_ROLES, type AccessRecord, type Decision } from '#access-policy';
import { MemberCaller, Roles, type MemberPrincipal } from '#platform';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { Reading } from '../reading/reading.ts';
import { ExplainQuery } from './explain.dto.ts';
import { findOwnRecord, registryFor } from './explain.query.ts';

const ROUTE = 'GET /v1/explain';

@ApiTags('explain')
@ApiRead()
@Controller('v1/explain')
@Roles(...READ_ROLES.explain)
export class ExplainController {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  @Get()
  @ApiOperation({
    summary: "Why an analyst of a member sees this own record, or doesn't",
    description:
      '"obligations" are the handling codes of the record. Leave that was granted from one is not taken off them: GET /v1/permission-requests shows it, and to the member that has it, what is left is in "obligations" of GET /v1/reports/{id}.',
  })
  @ApiOkResponse({ description: '{ "decision", "code", "step", "agreement", "clause", "obligations" }' })
  @ApiNotFoundResponse({ description: "Not there, or another member's" })
  explain(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Query() query: ExplainQuery) {
    return this.reading.asOwner({ caller, declared, route: ROUTE }, async (sql, { now, withheld }) => {
      const record = await findOwnRecord(sql, query.record, caller.member);
      const registry = await registryFor(sql, caller.member, query.member);
      if (!record) return { answer: null, records: [] };
      const asked = { ...record, withheld: record.withheld || withheld.includes(record.originator) };
      const { member, purpose, clearance } = query;
      const decision = decide(asked, { member, roles: ['analyst'], purpose, clearance }, registry, now);
      return {
        answer: answerOf(decision, record, purpose),
        records: [{ record: query.record, originator: record.originator }],
      };
    });
  }
}

/** The clause is what of the agreement covers it: a category for a purpose. */
const answerOf = (decision: Decision, { category }: AccessRecord, purpose: string) => {
  const { step } = decision;
  if (decision.decision === 'deny') {
    return { decision: 'deny', code: decision.code, step, agreement: null, clause: null, obligations: [] };
  }
  const { agreement, obligations } = decision;
  const clause = agreement === null ? null : `${category} for ${purpose}`;
  return { decision: 'permit', code: null, step, agreement, clause, obligations };
};
