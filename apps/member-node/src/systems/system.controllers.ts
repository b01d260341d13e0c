import { Body, Controller, HttpCode, Inject, Param, Post, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  type ApiResponseOptions,
} from '@nestjs/swagger';
import type { TSchema } from '@sinclair/typebox';
import { SystemReleaseBody } from '#contracts';
import { AllRoles, FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { answerWith, bodySchema, type Reply } from '../http/answers.ts';
import { endControllers } from '../http/end.controllers.ts';
import { named } from '../http/named.ts';
import { readController } from '../http/read.controller.ts';
import { RecordId } from '../http/record-id.pipe.ts';
import { batchController } from './batch.controller.ts';
import { MoveRecord, SubmitRecord, type Move } from './commands.ts';
import type { System } from './declaration.ts';
import { recordItem } from './record-item.ts';

const DONE: ApiResponseOptions = { description: '{ "id", "version" }' };

/** The endpoints of a system at its member's own node. */
export const systemControllers = (system: System): Type[] => [
  submitController(system),
  ...(system.batch ? [batchController(system)] : []),
  readController(system.path, system.record, { item: recordItem(system) }),
  ...endControllers(system.path, system.record),
  moveController(system, 'release', {
    as: Roles('supervisor'),
    body: SystemReleaseBody,
    summary: 'Release it, or release it again: audience and purposes are replaced',
  }),
  ...system.transitions
    .filter(({ internal }) => !internal)
    .map((transition) => {
      const { allRoles, roles = ['publisher'], body, happened, summary } = transition;
      return moveController(system, transition, {
        as: allRoles ? AllRoles(...allRoles) : Roles(...roles),
        body,
        happened,
        summary,
      });
    }),
];

const submitController = (system: System): Type => {
  const path = `v1/${system.path}`;

  @ApiTags(system.path)
  @ApiBearerAuth()
  @Controller(path)
  class SubmitController {
    constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

    @Post()
    @Roles('publisher')
    @ApiOperation({
      summary: `${system.summary}; with "release" it is released in the same step (needs supervisor too)`,
    })
    @ApiBody({ schema: bodySchema(system.body, system.happened) })
    @ApiCreatedResponse(DONE)
    @ApiOkResponse({ description: 'The same again: the first answer' })
    async submit(
      @MemberCaller() caller: MemberPrincipal,
      @FromHeaders() headers: CommandHeaders,
      @Body() body: unknown,
      @Res({ passthrough: true }) reply: Reply,
    ): Promise<object> {
      return answerWith(
        reply,
        `/${path}`,
        await this.commands.execute(new SubmitRecord(system, caller, headers, body)),
      );
    }
  }
  return named(SubmitController, 'submit', system.kind);
};

interface Moving {
  as: MethodDecorator & ClassDecorator;
  body: TSchema;
  happened?: readonly string[] | undefined;
  summary: string;
}

const moveController = (system: System, move: Move, { as, body: schema, happened, summary }: Moving): Type => {
  const name = typeof move === 'string' ? move : move.name;

  @ApiTags(system.path)
  @ApiBearerAuth()
  @Controller(`v1/${system.path}`)
  class MoveController {
    constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

    @Post(`:id/${name}`)
    @HttpCode(200)
    @as
    @ApiOperation({ summary })
    @ApiBody({ schema: bodySchema(schema, happened) })
    @ApiOkResponse(DONE)
    async move(
      @MemberCaller() caller: MemberPrincipal,
      @FromHeaders() headers: CommandHeaders,
      @Param('id', RecordId) id: string,
      @Body() body: unknown,
    ): Promise<object> {
      return (await this.commands.execute(new MoveRecord({ system, move, id }, caller, headers, body))).answer;
    }
  }
  return named(MoveController, name, system.kind);
};
