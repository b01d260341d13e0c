import { Body, Controller, Inject, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OperationBody } from '#contracts';
import { AllRoles, FromHeaders, MemberCaller, type CommandHeaders, type MemberPrincipal } from '#platform';
import { answerWith, bodySchema, type Reply } from '../../http/answers.ts';
import { PlanOperation } from './plan-operation.command.ts';

@ApiTags('operations')
@ApiBearerAuth()
@Controller('v1/operations')
export class PlanOperationController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post()
  @AllRoles('publisher', 'supervisor')
  @ApiOperation({ summary: 'Plan an operation that this member leads; its participants are told' })
  @ApiBody({ schema: bodySchema(OperationBody) })
  @ApiCreatedResponse({ description: '{ "id", "version" }' })
  async plan(
    @MemberCaller() caller: MemberPrincipal,
    @FromHeaders() headers: CommandHeaders,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    return answerWith(reply, '/v1/operations', await this.commands.execute(new PlanOperation(caller, headers, body)));
  }
}
