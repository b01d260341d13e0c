import { Body, Controller, HttpCode, Inject, Param, Post, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReasonBody } from '#contracts';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { EndRecord, type End } from '../records/end-record.command.ts';
import type { RecordModule } from '../records/record-module.ts';
import { bodySchema } from './answers.ts';
import { named } from './named.ts';
import { RecordId } from './record-id.pipe.ts';

const SUMMARIES: Readonly<Record<End, string>> = {
  recall: 'Recall it: nobody else may see it any more, and who had read it is told',
  erase: 'Erase it: its keys are destroyed everywhere',
};

/** POST /v1/<path>/:id/recall and …/erase, of a kind of records that takes these commands. */
export const endControllers = (path: string, record: RecordModule): Type[] =>
  (['recall', 'erase'] as const).map((end) => endController(path, record, end));

/** One of the two alone, of a kind that takes no other. */
export const endController = (path: string, record: RecordModule, end: End): Type => {
  @ApiTags(path)
  @ApiBearerAuth()
  @Controller(`v1/${path}`)
  class EndController {
    constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

    @Post(`:id/${end}`)
    @HttpCode(200)
    @Roles('supervisor')
    @ApiOperation({ summary: SUMMARIES[end] })
    @ApiBody({ schema: bodySchema(ReasonBody) })
    @ApiOkResponse({ description: '{ "id", "version" }' })
    async end(
      @MemberCaller() caller: MemberPrincipal,
      @FromHeaders() headers: CommandHeaders,
      @Param('id', RecordId) id: string,
      @Body() body: unknown,
    ): Promise<object> {
      return (await this.commands.execute(new EndRecord(caller, headers, { record, end, id }, body))).answer;
    }
  }
  return named(EndController, end, record.kind);
};
