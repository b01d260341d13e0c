import { Body, Controller, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConflictResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Type } from '@sinclair/typebox';
import { validator } from '#contracts';
import { Roles } from '#platform';
import { bodySchema } from '../http/answers.ts';
import { Conformance, type ConformanceRun } from './conformance.ts';

const strict = { additionalProperties: false } as const;
const ConformanceBody = Type.Object(
  {
    requests: Type.Array(
      Type.Object(
        {
          method: Type.Union([Type.Literal('GET'), Type.Literal('POST')]),
          path: Type.String({ pattern: '^/v1/(reports|operations|contributions)', maxLength: 200 }),
          body: Type.Optional(Type.Unknown()),
        },
        strict,
      ),
      { maxItems: 100 },
    ),
  },
  strict,
);
const readBody = validator(ConformanceBody);

@ApiTags('service')
@ApiBearerAuth()
@Controller('v1/conformance')
export class ConformanceController {
  constructor(@Inject(Conformance) private readonly conformance: Conformance) {}

  @Post()
  @HttpCode(200)
  @Roles('admin')
  @ApiOperation({
    summary: 'Before the member is active: carries requests out in a throw-away node, and shows what it released',
  })
  @ApiBody({ schema: bodySchema(ConformanceBody) })
  @ApiOkResponse({ description: '{ "source": "/members/MK/conformance", "answers", "log", "keys" }' })
  @ApiConflictResponse({ description: 'The member is active, or not approved yet' })
  run(@Body() body: unknown, @Headers('authorization') authorization: string): Promise<ConformanceRun> {
    return this.conformance.run(readBody(body).requests, authorization);
  }
}
