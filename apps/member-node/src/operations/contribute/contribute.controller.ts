import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ArrestsBody, RescueBody, SeizureBody } from '#contracts';
import { FromHeaders, MemberCaller, Roles, type CommandHeaders, type MemberPrincipal } from '#platform';
import { answerWith, bodySchema, type Reply } from '../../http/answers.ts';
import { RecordId } from '../../http/record-id.pipe.ts';
import { Contribute } from './contribute.command.ts';

const CONTRIBUTIONS = '/v1/contributions';

@ApiTags('operations')
@ApiBearerAuth()
@ApiCreatedResponse({ description: '{ "id", "version" }: of the contribution, a record of this member' })
@Roles('publisher')
@Controller('v1/operations')
export class ContributeController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post(':id/arrests')
  @ApiOperation({ summary: 'People were arrested in an operation' })
  @ApiBody({ schema: bodySchema(ArrestsBody) })
  async arrests(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const command = new Contribute(caller, headers, 'arrests-made', id, body);
    return answerWith(reply, CONTRIBUTIONS, await this.commands.execute(command));
  }

  @Post(':id/seizures')
  @ApiOperation({ summary: 'Something was seized in an operation' })
  @ApiBody({ schema: bodySchema(SeizureBody) })
  async seizures(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const command = new Contribute(caller, headers, 'seizure-made', id, body);
    return answerWith(reply, CONTRIBUTIONS, await this.commands.execute(command));
  }

  @Post(':id/rescues')
  @ApiOperation({ summary: 'People were rescued in an operation' })
  @ApiBody({ schema: bodySchema(RescueBody) })
  async rescues(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Param('id', RecordId) id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const command = new Contribute(caller, headers, 'people-rescued', id, body);
    return answerWith(reply, CONTRIBUTIONS, await this.commands.execute(command));
  }
}
