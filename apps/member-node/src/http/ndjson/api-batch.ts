import { applyDecorators } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import { NDJSON } from './answer-lines.ts';

/** What OpenAPI says of an endpoint that takes many, one a line. */
export const ApiBatch = (summary: string) =>
  applyDecorators(
    ApiOperation({ summary: `${summary}, one a line; each is answered by a line once it is stored` }),
    ApiConsumes(NDJSON),
    ApiProduces(NDJSON),
    ApiOkResponse({ description: '{ "line": 1, "status": "accepted", "id", "version" } or { …, "code", "errors" }' }),
  );
