import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { READ_ROLES } from '#access-policy';
import {
  DocumentCheckBody,
  DocumentChecksBody,
  MAX_DOCUMENT_CHECKS,
  Problem,
  readDocumentCheck,
  readDocumentChecks,
  type DocumentCheck,
  type FieldError,
} from '#contracts';
import { MemberCaller, Roles, type MemberPrincipal } from '#platform';
import { ApiRead, Declared, type Declaration } from '../reading/declared.ts';
import { CHECK, CHECK_BATCH, Checks, type CheckAnswer } from './checks.ts';

type Rejected = { status: 'rejected'; code: string; errors: FieldError[] };
type ItemAnswer = ({ status: 'checked' } & CheckAnswer) | Rejected;

const HIT = '{ "hit": false } or { "hit": true, "alerts": [ { "id", "originator", "status", "contact" } ] }';

/** A question that is asked with a body: a number has no place in a URL, which is logged. */
@ApiTags('documents')
@ApiRead()
@Controller('v1')
@Roles(...READ_ROLES.records)
export class ChecksController {
  constructor(@Inject(Checks) private readonly checks: Checks) {}

  @Post('document-checks')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Whether a document is in the register: by its number, or by its machine-readable zone',
    description:
      'Compared in capitals, without spaces, hyphens and other signs. The issuing state is told that it was checked, where it may see the alert; `protection`: nobody is.',
  })
  @ApiBody({ schema: JSON.parse(JSON.stringify(DocumentCheckBody)) as object })
  @ApiOkResponse({ description: HIT })
  @ApiUnprocessableEntityResponse({ description: '`mrz.check-digit`: it says of which field, never the value' })
  async check(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Body() body: unknown) {
    const check = readDocumentCheck(body);
    const { protection } = check;
    const [answer] = await this.checks.ask({ caller, declared, route: CHECK, protection }, [check]);
    return answer;
  }

  // The router reads a doubled colon as one that begins no parameter.
  @Post('document-checks::batch')
  @HttpCode(200)
  @ApiOperation({
    summary: `Up to ${MAX_DOCUMENT_CHECKS} checks at once, each answered by itself, in their order`,
    description: 'A wrong one is rejected alone, with the reasons that it would get by itself.',
  })
  @ApiBody({ schema: JSON.parse(JSON.stringify(DocumentChecksBody)) as object })
  @ApiOkResponse({
    description: `{ "items": [ { "status": "checked", … } or { "status": "rejected", "code", "errors" } ] }; …: ${HIT}`,
  })
  async batch(@MemberCaller() caller: MemberPrincipal, @Declared() declared: Declaration, @Body() body: unknown) {
    const read = readDocumentChecks(body).checks.map(attempt);
    const items = new Map<number, ItemAnswer>();
    for (const protection of [false, true]) {
      const part = [...read.entries()].filter((entry): entry is [number, DocumentCheck] => isOf(entry[1], protection));
      if (part.length === 0) continue;
      const request = { caller, declared, route: CHECK_BATCH, protection };
      const answers = await this.checks.ask(
        request,
        part.map(([, check]) => check),
      );
      for (const [i, [n]] of part.entries()) items.set(n, { status: 'checked', ...answers[i]! });
    }
    return { items: read.map((one, n) => (one instanceof Problem ? rejected(one, n) : items.get(n))) };
  }
}

const attempt = (value: unknown): DocumentCheck | Problem => {
  try {
    return readDocumentCheck(value);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
};

const isOf = (one: DocumentCheck | Problem, protection: boolean): boolean =>
  !(one instanceof Problem) && one.protection === protection;

const rejected = ({ code, errors }: Problem, n: number): Rejected => ({
  status: 'rejected',
  code,
  errors: errors.map(({ path, ...error }) => ({ path: `/checks/${n}${path}`, ...error })),
});
